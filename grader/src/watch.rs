//! The screen that grades on every save.
