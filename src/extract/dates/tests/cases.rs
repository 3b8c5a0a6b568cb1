//! Hard cases of days spoken of, by what makes them hard.

use super::check;

#[test]
fn hard_cases() {
    // Wednesday, 19 January 2022.
    let day = "2022-01-19";
    check(&[
        // What is to come
        (
            day,
            "Last winter he slipped, and on Friday he sees a surgeon.",
            "Last winter=2020-12-01..2021-02-28; Friday=2022-01-21",
        ),
        (day, "\"He's got his exams on Thursday.\"", "Thursday=2022-01-20"),
        (day, "He was ready to meet them again on Monday.", "Monday=2022-01-24"),
        (day, "They threatened to block the road from Monday.", "Monday=2022-01-24"),
        (day, "They failed to agree on Monday.", "Monday=2022-01-17"),
        (day, "He cancelled talks that had been planned for Monday.", "Monday=2022-01-24"),
        (day, "He is suspended for Sunday's trip to Dundee.", "Sunday=2022-01-23"),
        (day, "He was blamed for Sunday's crash.", "Sunday=2022-01-16"),
        (day, "Investors await Thursday's jobs data.", "Thursday=2022-01-20"),
        (day, "Ministers meeting on Friday are likely to agree.", "Friday=2022-01-21"),
        (day, "A service will be held in November.", "November=2022-11"),
        (day, "Holloway, who is up for re-election in November, has agreed.", "November=2022-11"),
        (day, "Classes were to have ended Friday.", "Friday=2022-01-21"),
        (day, "The warning stands until 9am on Friday.", "9am on Friday=2022-01-21"),
        (day, "A June 3 hearing has been scheduled.", "June 3=2022-06-03"),
        (day, "She issued a deadline of next Friday.", "next Friday=2022-01-28"),
        // What has passed
        ("2023-09-18", "They let the curbs expire on 15 September.", "15 September=2023-09-15"),
        ("2023-10-18", "She died on 3 February.", "3 February=2023-02-03"),
        (
            "2015-08-28",
            "He lost his farm in 2014. By the end of August that year it was gone.",
            "2014=2014; August that year=2014-08",
        ),
        (day, "He was there a fortnight ago, in '83 and since '05.", "a fortnight ago=2022-01-05; '83=1983; '05=2005"),
        ("2014-12-03", "They lost 9 rupees on every kilo since October.", "October=2014-10"),
        // Feasts
        (day, "They will know by Labor Day.", "Labor Day=2022-09-05"),
        ("2013-05-23", "He will ask for it before Memorial Day.", "Memorial Day=2013-05-27"),
        ("2006-04-24", "The worst since Ash Wednesday, 1983.", "Ash Wednesday, 1983=1983-02-16"),
        (day, "Good Friday and Easter Monday 2021", "Good Friday=2021-04-02; Easter Monday 2021=2021-04-05"),
        // Weekdays of no week
        (day, "He works Monday to Friday.", ""),
        (day, "It meets on the first Monday of each month.", ""),
        (day, "He did not speak until the Monday.", ""),
        (day, "\"Some Tuesday,\" she said. \"Saturday is our busiest day.\"", ""),
        ("2010-11-08", "He was in Tbilisi in October and met her on the 14th.", "October=2010-10; 14th=2010-10-14"),
        ("2010-11-08", "The vote was put off on the 9th.", "9th=2010-10-09"),
        ("2010-11-08", "The court will rule on the 9th.", "9th=2010-11-09"),
        ("2010-11-08", "The shop on the 5th floor, on the 2nd of its tours, on the 7th Avenue.", ""),
        ("2021-01-26", "The rains usually last from November to April.", ""),
        ("2013-08-22", "Minutes of the July 30-31 meeting came out.", "July 30-31=2013-07-30..2013-07-31"),
        ("2013-08-22", "Brent for October delivery lost 40 cents.", "October=2013-10"),
        ("2008-10-13", "On Sunday, the fifteen -- that is, those which are in -- had agreed.", "Sunday=2008-10-12"),
        // Direction
        (
            day,
            "He said next month would be hard; early December was bad.",
            "next month=2022-02; early December=2021-12",
        ),
        (day, "Monday's talks failed, Friday's vote will be close.", "Monday=2022-01-17; Friday=2022-01-21"),
        (day, "The court will rule on Feb. 3, lawyers said.", "Feb. 3=2022-02-03"),
        (
            day,
            "They are expected to meet Thursday; he came on Sunday night.",
            "Thursday=2022-01-20; Sunday night=2022-01-16",
        ),
        (day, "Shops close starting Monday.", "Monday=2022-01-24"),
        (day, "He has been ill since Monday.", "Monday=2022-01-17"),
        (day, "The deal, which was signed on Monday, will end on Friday.", "Monday=2022-01-17; Friday=2022-01-21"),
        // Days counted from the one spoken of
        (
            day,
            "He was arrested on January 5. Two days later he died.",
            "January 5=2022-01-05; Two days later=2022-01-07",
        ),
        (day, "He fell ill on January 5. A week later he died.", "January 5=2022-01-05; A week later=2022-01-12"),
        (
            day,
            "They met on January 5 and again the following Monday.",
            "January 5=2022-01-05; following Monday=2022-01-10",
        ),
        (
            day,
            "They met on January 5, and the previous Friday too.",
            "January 5=2022-01-05; previous Friday=2021-12-31",
        ),
        (day, "Two days later he died.", ""),
        (day, "Shares fell 3 percent from a day earlier.", ""),
        // Months, seasons, quarters, halves, holidays
        (day, "Last May he left; in early December he came back.", "Last May=2021-05; early December=2021-12"),
        (day, "In the second half of 2021 prices rose.", "the second half of 2021=2021-07-01..2021-12-31"),
        (day, "Profit rose in the third quarter, the bank said.", "the third quarter=2021-07-01..2021-09-30"),
        (day, "He scored twice in the third quarter.", ""),
        (day, "He scored in the second half.", ""),
        (
            day,
            "On Christmas Day it snowed; on New Year's Eve it rained.",
            "Christmas Day=2021-12-25; New Year's Eve=2021-12-31",
        ),
        (day, "The mill shut before Christmas.", "Christmas=2021-12-25"),
        (day, "Prices rise over Christmas, and Christmas shopping is over.", ""),
        (day, "It opened on Boxing Day.", "Boxing Day=2021-12-26"),
        // The present tense looks ahead, what had been done does not
        (day, "There are fireworks on Saturday night.", "Saturday night=2022-01-22"),
        (day, "The bridge opens in May.", "May=2022-05"),
        (day, "The team host Leeds on Saturday.", "Saturday=2022-01-22"),
        (day, "The firm, which is based in Leeds, closed its mill on Monday.", "Monday=2022-01-17"),
        (day, "The pumps had run until Sunday night.", "Sunday night=2022-01-16"),
        (day, "The court gave him until Friday to pay.", "Friday=2022-01-21"),
        (day, "Doors open on January 24, 2022, at 9:15 a.m. ET.", "January 24, 2022=2022-01-24"),
        (day, "Easter is late; New York is far; half of them left.", ""),
        (day, "The weekend was quiet.", "The weekend=2022-01-15..2022-01-16"),
        (day, "Last winter was cold.", "Last winter=2020-12-01..2021-02-28"),
        (day, "In mid-January and in late 2021.", "mid-January=2022-01; late 2021=2021"),
        // Names of days
        (day, "The attacks of 9/11 changed it.", "9/11=2001-09-11"),
        (day, "He won 9/11 of the vote on 19/11/2021.", "9/11=2001-09-11; 19/11/2021=2021-11-19"),
        (day, "The January 6 riot and the Oct. 7 attack.", "January 6=2022-01-06; Oct. 7=2021-10-07"),
        // Ranges
        (day, "The summit runs Jan 19-21.", "Jan 19-21=2022-01-19..2022-01-21"),
        (day, "They met from 19 to 21 January.", "19 to 21 January=2022-01-19..2022-01-21"),
        (day, "On Jan. 19 and 20, they met.", "Jan. 19 and 20=2022-01-19..2022-01-20"),
        // Other languages
        (
            day,
            "Vom 19. bis 21. Januar; am 3. März 2021; im Januar 2022.",
            "19. bis 21. Januar=2022-01-19..2022-01-21; 3. März 2021=2021-03-03; Januar 2022=2022-01",
        ),
        (
            day,
            "Les 19 et 20 janvier; le 1er mai 2021; en mars 2021.",
            "19 et 20 janvier=2022-01-19..2022-01-20; 1er mai 2021=2021-05-01; mars 2021=2021-03",
        ),
        (
            day,
            "19 и 20 января; в январе 2022 года; 5 марта 2021 года.",
            "19 и 20 января=2022-01-19..2022-01-20; январе 2022=2022-01; 5 марта 2021=2021-03-05",
        ),
        (
            day,
            "19 і 20 січня; у січні 2022; 5 листопада 2021 року.",
            "19 і 20 січня=2022-01-19..2022-01-20; січні 2022=2022-01; 5 листопада 2021=2021-11-05",
        ),
        (day, "El 19 de enero de 2022; en enero de 2022.", "19 de enero de 2022=2022-01-19; enero de 2022=2022-01"),
        // Times
        (
            day,
            "It began on January 18 at 14:05 and ended Tuesday at 3:30 pm.",
            "January 18 at 14:05=2022-01-18; Tuesday at 3:30 pm=2022-01-18",
        ),
        (day, "At 10:00 GMT on Monday it began.", "10:00 GMT on Monday=2022-01-17"),
        // What only looks like a date
        (day, "It cost 2,019 dollars; 2022 people came; flight 2001; room 1999; 1500 soldiers.", ""),
        (day, "They won 3-2 and 4-4-2; rated 5/10; open 24/7; at 192.168.10.12.", ""),
        (day, "Phone 555-2020; 20.01 percent; 10-12 percent.", ""),
        (day, "May said she would go. April Jones came. They march on.", ""),
        (day, "On February 30 and on 31 April nothing happened.", ""),
    ]);
}

#[test]
fn clock_times_are_of_a_day() {
    // Wednesday, 19 January 2022.
    let day = "2022-01-19";
    check(&[
        (day, "The mill burnt down on Monday. The alarm came at 7:30 p.m.", "Monday=2022-01-17; 7:30 p.m.=2022-01-17"),
        (day, "They spoke at noon on Friday, police said.", "noon on Friday=2022-01-14"),
        (day, "The deadline is midnight Friday.", "midnight Friday=2022-01-21"),
        (day, "The train left at 6 o'clock Monday evening.", "6 o'clock Monday evening=2022-01-17"),
        (
            day,
            "Shells fell on Saturday evening. A spokesman said on Sunday that they came at about six o'clock.",
            "Saturday evening=2022-01-15; Sunday=2022-01-16; six o'clock=2022-01-16",
        ),
        (
            day,
            "Shells fell on Saturday evening, a spokesman said on Sunday. They came at six o\u{2019}clock.",
            "Saturday evening=2022-01-15; Sunday=2022-01-16; six o\u{2019}clock=2022-01-15",
        ),
        (
            day,
            "He spoke on Tuesday; the vote is on Thursday. Polls will open at 8am.",
            "Tuesday=2022-01-18; Thursday=2022-01-20; 8am=2022-01-20",
        ),
        (day, "He was shot at 9:52 a.m. as he stood guard Monday.", "9:52 a.m.=2022-01-17; Monday=2022-01-17"),
        (
            day,
            "It landed on Tuesday. It came down at 2:33 p.m., days after it left last Friday.",
            "Tuesday=2022-01-18; 2:33 p.m.=2022-01-18; last Friday=2022-01-14",
        ),
        (
            day,
            "They met on January 5. They left at 3 p.m. the following day.",
            "January 5=2022-01-05; 3 p.m. the following day=2022-01-06",
        ),
        (
            day,
            "The hearing is set for 7 p.m. March 25. Comments are due by 5 p.m. the day before.",
            "7 p.m. March 25=2022-03-25; 5 p.m. the day before=2022-03-24",
        ),
        (day, "The call is on Thursday at 8:30 a.m. Eastern Time.", "Thursday at 8:30 a.m. Eastern Time=2022-01-20"),
        (day, "Yoga, 9 a.m. Saturday, library", "9 a.m. Saturday=2022-01-22"),
        // Of no one day
        (day, "The shop is open from 9 a.m. to 5 p.m. daily.", ""),
        (day, "It is open 10 a.m. to 5 p.m. Tuesday through Sunday.", ""),
        (day, "He rises at noon every day. He ran a mile in 4:02, at high noon.", ""),
    ]);
}

#[test]
fn holidays() {
    let day = "2022-01-19";
    check(&[
        (day, "On the Fourth of July it rained.", "Fourth of July=2021-07-04"),
        (day, "He was fine on July Fourth.", "July Fourth=2021-07-04"),
        (day, "By Thanksgiving, 2011, it was over.", "Thanksgiving, 2011=2011-11-24"),
        (day, "Thanksgiving dinner was late; a thanksgiving mass was said.", ""),
        (
            day,
            "Palm Sunday drew 15,000 people, Remembrance Day fewer.",
            "Palm Sunday=2021-03-28; Remembrance Day=2021-11-11",
        ),
        ("1999-05-21", "He noted that Memorial Day is still some way off.", "Memorial Day=1999-05-31"),
        (
            "2022-02-01",
            "Presidents' Day and Valentine\u{2019}s Day",
            "Presidents' Day=2022-02-21; Valentine\u{2019}s Day=2022-02-14",
        ),
        ("2002-10-04", "It was extended until Labor Day.", "Labor Day=2002-09-02"),
        ("2002-10-04", "It will be over by about the day after Christmas.", "the day after Christmas=2002-12-26"),
        ("2022-04-20", "Good Friday and Easter Monday 2021", "Good Friday=2021-04-02; Easter Monday 2021=2021-04-05"),
        (day, "The fourth of the columbus brothers, a good friday", ""),
    ]);
}

#[test]
fn days_told_by_what_was_said_before() {
    let day = "2022-01-19";
    check(&[
        // A festival's weekdays, a day named before
        (
            day,
            "The fair is on from Friday 11 to Sunday 13 February. The Saturday night concert sold out.",
            "Friday 11 to Sunday 13 February=2022-02-11..2022-02-13; Saturday night=2022-02-12",
        ),
        (
            day,
            "London made ready for the wedding on January 21. Friday has been declared a holiday.",
            "January 21=2022-01-21; Friday=2022-01-21",
        ),
        (
            day,
            "He was last seen on January 5. He parked his truck that Wednesday morning.",
            "January 5=2022-01-05; Wednesday morning=2022-01-05",
        ),
        (
            day,
            "Stores will shut on January 24. The mayor said on Monday that all was well.",
            "January 24=2022-01-24; Monday=2022-01-17",
        ),
        // Years
        (day, "They landed on January 4 and January 25, 2004.", "January 4=2004-01-04; January 25, 2004=2004-01-25"),
        (
            "2015-08-19",
            "The last day of school will be June 10. Seniors: June 4.",
            "June 10=2016-06-10; June 4=2016-06-04",
        ),
        (day, "He was charged in 2019 and freed the following May.", "2019=2019; following May=2020-05"),
        // Days pointed at
        (
            day,
            "The deal will be done by June 10. If no price is agreed on by that time, he pays.",
            "June 10=2022-06-10; that time=2022-06-10",
        ),
        (
            day,
            "They came on January 10 and left the next morning.",
            "January 10=2022-01-10; the next morning=2022-01-11",
        ),
        (day, "They met in January. He came late on the evening of the 14th.", "January=2022-01; 14th=2022-01-14"),
        ("2006-03-08", "A new march was called for the 16th.", "16th=2006-03-16"),
        (day, "It was due by the 15th of this month.", "15th of this month=2022-01-15"),
        (day, "It stays open through Friday, the 28th.", "Friday, the 28th=2022-01-28"),
        (day, "They remember December the 4th.", "December the 4th=2021-12-04"),
        (day, "Shares rose on Tuesday, 3 percent on the day.", "Tuesday=2022-01-18; the day=2022-01-18"),
    ]);
}

#[test]
fn tense_and_manner() {
    let day = "2022-01-19";
    check(&[
        (day, "The council put it off until its April 8 meeting.", "April 8=2022-04-08"),
        (
            day,
            "The Wildcats travel to Reno on Saturday; schools reopen Monday.",
            "Saturday=2022-01-22; Monday=2022-01-24",
        ),
        (day, "Crews are still at work to turn on the lights after Tuesday's storm.", "Tuesday=2022-01-18"),
        (day, "The president will decide after Friday's vote.", "Friday=2022-01-21"),
        (day, "They hope for Saturday night, Sunday at the latest.", "Saturday night=2022-01-22; Sunday=2022-01-23"),
        (day, "It must be done no later than Friday.", "Friday=2022-01-21"),
        (day, "Trains would resume limited service on Friday.", "Friday=2022-01-21"),
        (day, "They crossed the state, predicting a victory on Tuesday.", "Tuesday=2022-01-25"),
        (day, "Investors look to Friday's jobs report.", "Friday=2022-01-21"),
        (day, "The storm is forecast to hit the coast early Friday.", "early Friday=2022-01-21"),
        (day, "The game has been moved to Sunday.", "Sunday=2022-01-23"),
        (day, "A vote had been expected Tuesday but was put off.", "Tuesday=2022-01-18"),
        ("2015-03-29", "The vote was to be held Feb. 14 but was put back.", "Feb. 14=2015-02-14"),
        (
            "2017-08-10",
            "Schools, closed since July 31, reopen on August 28.",
            "July 31=2017-07-31; August 28=2017-08-28",
        ),
        ("2012-01-30", "The team is off until next Sunday.", "next Sunday=2012-02-05"),
        (day, "He flies home a week tomorrow.", "a week tomorrow=2022-01-27"),
        (
            day,
            "She will stay until to-morrow; to-day she rests, and to-night.",
            "to-morrow=2022-01-20; to-day=2022-01-19; to-night=2022-01-19",
        ),
        (day, "It left Rio on Sunday and was due in Paris on Monday.", "Sunday=2022-01-16; Monday=2022-01-17"),
        (
            day,
            "The matches set down for Saturday are off; the series moves to Leeds on Sunday.",
            "Saturday=2022-01-22; Sunday=2022-01-23",
        ),
        (day, "Neighbors have until the close of business Monday to object.", "Monday=2022-01-24"),
        (day, "It will hold a music-centered event on February 1.", "February 1=2022-02-01"),
        (day, "It e-mailed invitations on Wednesday.", "Wednesday=2022-01-19"),
        (day, "The ban is to be signed and ratified on December 2.", "December 2=2022-12-02"),
        (
            day,
            "The team now has to appear on March 21, and had to on Monday.",
            "March 21=2022-03-21; Monday=2022-01-17",
        ),
        (day, "He put the vote off until after March 9.", "March 9=2022-03-09"),
        (day, "The tag was used a million times by Tuesday night.", "Tuesday night=2022-01-18"),
        (day, "They were told to leave by Friday.", "Friday=2022-01-21"),
        (day, "They gave their view of the upcoming play on Monday.", "Monday=2022-01-17"),
        (day, "It will be seen tomorrow and Tuesday.", "tomorrow=2022-01-20; Tuesday=2022-01-25"),
        ("2005-07-05", "The season: June 1 to Nov. 30.", "June 1 to Nov. 30=2005-06-01..2005-11-30"),
        (day, "The crane fell ten days before the feast began.", ""),
        // Names
        (day, "A man of Friday Harbor was held in Friday Harbor.", ""),
        (day, "Leader Sarah Friday spoke in Charlotte Friday.", "Friday=2022-01-14"),
        (day, "On a wet Tuesday in May she came back.", "May=2021-05"),
        // A day fixed before it comes, and what is counted of one that is over
        (day, "The union has announced a strike for Tuesday, which worries them.", "Tuesday=2022-01-25"),
        (day, "The court listed the matter for Monday.", "Monday=2022-01-24"),
        (day, "He paid for Monday night's dinner.", "Monday night=2022-01-17"),
        (day, "It will release sales figures for December on Friday.", "December=2021-12; Friday=2022-01-21"),
        (day, "It had given the firm until February 3 to report.", "February 3=2022-02-03"),
        (day, "Those who have booked to travel after 26 October will be repaid.", "26 October=2022-10-26"),
        (day, "They complained about the state of the face in August, after rain.", "August=2021-08"),
        (day, "\"I expect I'll see them here on Tuesday,\" he said.", "Tuesday=2022-01-25"),
        (day, "It lost much in the year to June, he said.", "June=2021-06"),
        (day, "They wait for the report for December.", "December=2021-12"),
        (day, "It is offering more than the price on March 3, the last day before.", "March 3=2021-03-03"),
        (day, "It shows a loss for the year to 29 March.", "29 March=2021-03-29"),
        (day, "Gusts were likely through Sunday morning.", "Sunday morning=2022-01-23"),
        (day, "Homes were dark this afternoon after winds.", "this afternoon=2022-01-19"),
        // None of these is a day
        (day, "It opens only on Wednesday afternoons.", ""),
        (day, "On a normal Sunday, cars queue. He spoke at a forum Sunday.", "Sunday=2022-01-16"),
        (day, "They came over the Labor Day weekend.", ""),
        (day, "In August 1954 two fell on the same day. He ran the following day.", "August 1954=1954-08"),
        (day, "In May 2019 it began. A fortnight later it ended.", "May 2019=2019-05"),
        (day, "He came in 1939 and died four years later.", "1939=1939; four years later=1943"),
        (day, "He came on Monday and will leave two years later.", "Monday=2022-01-17"),
        (day, "He came in 1945 and died twenty-five years later.", "1945=1945; twenty-five years later=1970"),
        (day, "He came in 1945. Half a year later he left; at least two years later he returned.", "1945=1945"),
        // The same words, and none of these
        (day, "The government has vowed to act after Saturday's attack.", "Saturday=2022-01-15"),
        (day, "The leaders agreed to meet after Sunday's talks.", "Sunday=2022-01-16"),
        (day, "Ontario reported 2,417 new cases for Sunday, down from 2,600.", "Sunday=2022-01-16"),
        (day, "The company is expected to announce the price on Thursday.", "Thursday=2022-01-20"),
        (day, "The deadline was extended by three months to March 31.", "March 31=2022-03-31"),
        (day, "It expects profit to rise in the year to March 31.", "March 31=2022-03-31"),
        (day, "The UV index for Saturday will be very high.", "Saturday=2022-01-22"),
        (day, "No reason had been given by Monday.", "Monday=2022-01-17"),
        (day, "A strike looked likely on Tuesday after talks collapsed.", "Tuesday=2022-01-18"),
        (day, "\"I'll never forget Friday,\" she said.", "Friday=2022-01-14"),
        (day, "Inflation rose in December. The index ended the day down.", "December=2021-12; the day=2022-01-19"),
        (
            day,
            "He was held on Monday. He had been freed in 2019. He was in court the following day.",
            "Monday=2022-01-17; 2019=2019; the following day=2022-01-18",
        ),
        (day, "They went top on a busy Saturday.", "Saturday=2022-01-15"),
        (day, "It meets on Tuesday and Thursday evenings.", ""),
        (day, "Roads fill over the Memorial Day holiday weekend.", ""),
    ]);
}
