//! As much of JSON Schema as the schema in the repository uses. A word that this does not know is an error, so that
//! nothing is taken for checked that is not.

use regex::Regex;
use serde_json::Value;

/// A schema.
pub(crate) struct Schema(Value);

/// Words that say nothing of what is valid.
const SILENT: [&str; 5] = ["$schema", "$id", "$defs", "title", "description"];

impl Schema {
    pub(crate) fn new(schema: Value) -> Schema {
        Schema(schema)
    }

    pub(crate) fn is_valid(&self, value: &Value) -> bool {
        self.fits(&self.0, value)
    }

    fn fits(&self, schema: &Value, value: &Value) -> bool {
        schema.as_object().unwrap().iter().all(|(word, says)| self.holds(schema, word, says, value))
    }

    fn holds(&self, schema: &Value, word: &str, says: &Value, value: &Value) -> bool {
        let list = || says.as_array().unwrap().iter();
        match word {
            "$ref" => self.fits(self.0.pointer(says.as_str().unwrap().trim_start_matches('#')).unwrap(), value),
            "oneOf" => list().filter(|one| self.fits(one, value)).count() == 1,
            "anyOf" => list().any(|one| self.fits(one, value)),
            "const" => says == value,
            "enum" => list().any(|one| one == value),
            "type" => match says {
                Value::String(name) => is_a(value, name),
                names => names.as_array().unwrap().iter().any(|name| is_a(value, name.as_str().unwrap())),
            },
            "required" => value.as_object().is_none_or(|o| list().all(|key| o.contains_key(key.as_str().unwrap()))),
            "properties" => value.as_object().is_none_or(|object| {
                says.as_object().unwrap().iter().all(|(key, inner)| object.get(key).is_none_or(|v| self.fits(inner, v)))
            }),
            "additionalProperties" => value.as_object().is_none_or(|object| {
                let known = |key: &str| schema.get("properties").is_some_and(|known| known.get(key).is_some());
                object.iter().filter(|(key, _)| !known(key)).all(|(_, v)| match says {
                    Value::Bool(allowed) => *allowed,
                    inner => self.fits(inner, v),
                })
            }),
            "items" => value.as_array().is_none_or(|items| items.iter().all(|item| self.fits(says, item))),
            "prefixItems" => value.as_array().is_none_or(|items| list().zip(items).all(|(s, item)| self.fits(s, item))),
            "minItems" => value.as_array().is_none_or(|items| items.len() as u64 >= says.as_u64().unwrap()),
            "maxItems" => value.as_array().is_none_or(|items| items.len() as u64 <= says.as_u64().unwrap()),
            "minimum" => value.as_f64().is_none_or(|number| number >= says.as_f64().unwrap()),
            "maximum" => value.as_f64().is_none_or(|number| number <= says.as_f64().unwrap()),
            "pattern" => value.as_str().is_none_or(|text| Regex::new(says.as_str().unwrap()).unwrap().is_match(text)),
            word if SILENT.contains(&word) => true,
            word => panic!("the schema uses `{word}`, which is not checked"),
        }
    }
}

fn is_a(value: &Value, name: &str) -> bool {
    match name {
        "string" => value.is_string(),
        "integer" => value.is_i64() || value.is_u64(),
        "number" => value.is_number(),
        "boolean" => value.is_boolean(),
        "array" => value.is_array(),
        "object" => value.is_object(),
        "null" => value.is_null(),
        other => panic!("no type is called {other}"),
    }
}
