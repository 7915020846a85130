//! Expressions over integers: `+ -`, comparisons, `&& || !`. As in C, 0 is false and 1 is true.

use crate::program::Slot;

/// An expression.
#[derive(Debug, Clone, PartialEq)]
pub enum Expr {
    /// A number.
    Number(i64),
    /// A variable's value.
    Variable(Slot),
    /// `!e`
    Not(Box<Expr>),
    /// `a op b`
    Binary(Box<Expr>, Op, Box<Expr>),
}

/// A binary operator.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Op {
    /// `||`
    Or,
    /// `&&`
    And,
    /// `==`
    Equal,
    /// `!=`
    NotEqual,
    /// `<=`
    AtMost,
    /// `>=`
    AtLeast,
    /// `<`
    Less,
    /// `>`
    More,
    /// `+`
    Plus,
    /// `-`
    Minus,
}

/// Operators with their precedence. `<=` stands before `<`, so that the longer one is tried first.
const OPERATORS: [(&str, Op, u8); 10] = [
    ("||", Op::Or, 1),
    ("&&", Op::And, 2),
    ("==", Op::Equal, 3),
    ("!=", Op::NotEqual, 3),
    ("<=", Op::AtMost, 4),
    (">=", Op::AtLeast, 4),
    ("<", Op::Less, 4),
    (">", Op::More, 4),
    ("+", Op::Plus, 5),
    ("-", Op::Minus, 5),
];

/// A variable was read before anything was assigned to it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Unassigned(pub Slot);

impl Expr {
    /// The value, given the values of all variables.
    ///
    /// # Errors
    /// If it reads a variable that has none yet.
    pub fn eval(&self, values: &[Option<i64>]) -> Result<i64, Unassigned> {
        Ok(match self {
            Expr::Number(number) => *number,
            Expr::Variable(slot) => values[*slot].ok_or(Unassigned(*slot))?,
            Expr::Not(inner) => i64::from(inner.eval(values)? == 0),
            Expr::Binary(left, op, right) => op.apply(left.eval(values)?, right.eval(values)?),
        })
    }

    /// Parses `source`; `slot` gives each name its variable.
    ///
    /// # Errors
    /// In words, if it is no expression.
    pub fn parse(source: &str, slot: &mut dyn FnMut(&str) -> Slot) -> Result<Expr, String> {
        let mut parser = Parser { rest: source.trim(), slot };
        let expr = parser.binary(0)?;
        match parser.rest {
            "" => Ok(expr),
            rest => Err(format!("`{rest}` is left over in `{source}`")),
        }
    }
}

impl Op {
    fn apply(self, a: i64, b: i64) -> i64 {
        match self {
            Op::Or => i64::from(a != 0 || b != 0),
            Op::And => i64::from(a != 0 && b != 0),
            Op::Equal => i64::from(a == b),
            Op::NotEqual => i64::from(a != b),
            Op::AtMost => i64::from(a <= b),
            Op::AtLeast => i64::from(a >= b),
            Op::Less => i64::from(a < b),
            Op::More => i64::from(a > b),
            Op::Plus => a.wrapping_add(b),
            Op::Minus => a.wrapping_sub(b),
        }
    }
}

/// Precedence climbing over what is left of the source.
struct Parser<'s, 'f> {
    rest: &'s str,
    slot: &'f mut dyn FnMut(&str) -> Slot,
}

impl Parser<'_, '_> {
    fn binary(&mut self, above: u8) -> Result<Expr, String> {
        let mut left = self.atom()?;
        while let Some((sign, op, level)) =
            OPERATORS.iter().find(|(sign, ..)| self.rest.starts_with(sign))
            && *level > above
        {
            self.skip(sign.len());
            left = Expr::Binary(Box::new(left), *op, Box::new(self.binary(*level)?));
        }
        Ok(left)
    }

    fn atom(&mut self) -> Result<Expr, String> {
        match self.rest.chars().next() {
            Some('!') => {
                self.skip(1);
                Ok(Expr::Not(Box::new(self.atom()?)))
            }
            Some('(') => {
                self.skip(1);
                let inner = self.binary(0)?;
                if !self.rest.starts_with(')') {
                    return Err("a `)` is missing".into());
                }
                self.skip(1);
                Ok(inner)
            }
            _ => self.word(),
        }
    }

    fn word(&mut self) -> Result<Expr, String> {
        let end = self.rest.find(|c: char| !is_name_char(c)).unwrap_or(self.rest.len());
        let word = &self.rest[..end];
        self.skip(end);
        if word.is_empty() {
            return Err(match self.rest {
                "" => "a value is missing at the end".into(),
                rest => format!("a value is missing before `{rest}`"),
            });
        }
        if word.starts_with(|c: char| c.is_ascii_digit()) {
            return word.parse().map(Expr::Number).map_err(|_| format!("`{word}` is no number"));
        }
        Ok(Expr::Variable((self.slot)(word)))
    }

    fn skip(&mut self, bytes: usize) {
        self.rest = self.rest[bytes..].trim_start();
    }
}

/// Whether `c` may stand in a name.
pub(crate) fn is_name_char(c: char) -> bool {
    c.is_alphanumeric() || c == '_'
}

#[cfg(test)]
mod tests {
    use super::*;

    /// `x` is 3, `y` is unassigned.
    fn value(source: &str) -> Result<i64, String> {
        let expr = Expr::parse(source, &mut |name| usize::from(name != "x"))?;
        expr.eval(&[Some(3), None]).map_err(|unassigned| format!("{unassigned:?}"))
    }

    #[test]
    fn binds_as_c_does() {
        assert_eq!(value("x + 1 - 2 == 2 && !(x < 1)"), Ok(1));
        assert_eq!(value("0 && 0 || 1"), Ok(1));
        assert_eq!(value("10 - 3 - 2"), Ok(5));
        assert_eq!(value("!x == 0"), Ok(1));
        assert_eq!(value("x>=3"), Ok(1));
    }

    #[test]
    fn says_what_is_wrong() {
        assert_eq!(value("x +"), Err("a value is missing at the end".into()));
        assert_eq!(value("(x"), Err("a `)` is missing".into()));
        assert_eq!(value("x x"), Err("`x` is left over in `x x`".into()));
        assert_eq!(value("1x"), Err("`1x` is no number".into()));
        assert_eq!(value("y"), Err("Unassigned(1)".into()));
    }
}
