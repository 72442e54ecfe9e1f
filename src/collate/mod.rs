//! stub
pub mod align;
pub mod classify;
pub mod pack;
#[cfg(test)]
mod testing;
pub mod token;
