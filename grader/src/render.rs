//! The report, for people and machines. Each renderer is a pure function of the report.

pub mod brief;
pub mod evidence;
pub mod hint;
pub mod html;
pub mod human;
pub mod json;
pub mod list;
pub mod paint;
pub mod plain;
pub mod replay;
pub mod steps;
