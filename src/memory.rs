//! The pages in which the system hands out memory. The allocator asks for large ones, of two megabytes. Clearing them is a tenth
//! of a search; a build, which fills them, is a tenth faster with them.

#[cfg(target_os = "linux")]
static AT_START: std::sync::OnceLock<bool> = std::sync::OnceLock::new();

/// Asks for small pages from now on, in the whole process. Where it cannot be said, all is as it was.
pub fn small_pages() {
    #[cfg(target_os = "linux")]
    if let Ok(disabled) = nix::sys::prctl::get_thp_disable() {
        AT_START.set(disabled).ok();
        let _ = nix::sys::prctl::set_thp_disable(true);
    }
}

/// Takes back what [`small_pages`] asked for, if it was called: for what takes much memory.
pub fn usual_pages() {
    #[cfg(target_os = "linux")]
    if let Some(disabled) = AT_START.get() {
        let _ = nix::sys::prctl::set_thp_disable(*disabled);
    }
}
