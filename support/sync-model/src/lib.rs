//! The `sync` facade under the model checker.
