//! The functions that checks call.
