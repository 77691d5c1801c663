//! The encoding of PBF (protocol buffers): fields with their numbers, one after the other, read where they lie.
//!
//! Nothing is copied and nothing allocated: an extract has millions of small messages. Fields that nobody asks for are
//! passed over, and a repeated number may be packed or not, as the encoding allows.

/// A message that breaks the encoding.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Damage(pub &'static str);

/// What a field holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Value<'d> {
    /// A number.
    Number(u64),
    /// Text, a message, or packed numbers.
    Bytes(&'d [u8]),
    /// Four or eight bytes: nothing that an extract uses.
    Fixed,
}

/// The fields of a message.
pub(crate) struct Fields<'d> {
    rest: &'d [u8],
}

impl<'d> Fields<'d> {
    pub fn of(message: &'d [u8]) -> Self {
        Self { rest: message }
    }

    /// The number of the next field and what it holds; none at the end.
    pub fn next(&mut self) -> Result<Option<(u32, Value<'d>)>, Damage> {
        if self.rest.is_empty() {
            return Ok(None);
        }
        let key = varint(&mut self.rest)?;
        let value = match key & 7 {
            0 => Value::Number(varint(&mut self.rest)?),
            1 => self.bytes(8).map(|_| Value::Fixed)?,
            2 => {
                let size = varint(&mut self.rest)?;
                Value::Bytes(self.bytes(size)?)
            }
            5 => self.bytes(4).map(|_| Value::Fixed)?,
            _ => return Err(Damage("a field of no known kind")),
        };
        match u32::try_from(key >> 3) {
            Ok(number) if number > 0 => Ok(Some((number, value))),
            _ => Err(Damage("a field whose number cannot be")),
        }
    }

    /// Bytes that are not read yet.
    pub fn left(&self) -> usize {
        self.rest.len()
    }

    fn bytes(&mut self, size: u64) -> Result<&'d [u8], Damage> {
        let size = usize::try_from(size).ok().filter(|size| *size <= self.rest.len());
        let (bytes, rest) =
            self.rest.split_at(size.ok_or(Damage("a field that reaches beyond its message"))?);
        self.rest = rest;
        Ok(bytes)
    }
}

impl<'d> Value<'d> {
    pub fn number(self) -> Result<u64, Damage> {
        match self {
            Self::Number(number) => Ok(number),
            _ => Err(Damage("a field that should be a number")),
        }
    }

    pub fn bytes(self) -> Result<&'d [u8], Damage> {
        match self {
            Self::Bytes(bytes) => Ok(bytes),
            _ => Err(Damage("a field that should be text or a message")),
        }
    }

    /// A whole number that may be negative, small ones in few bytes.
    pub fn signed(self) -> Result<i64, Damage> {
        self.number().map(zigzag)
    }

    /// Adds the numbers of a repeated field.
    pub fn numbers<T>(self, to: &mut Vec<T>, of: impl Fn(u64) -> T) -> Result<(), Damage> {
        match self {
            Self::Number(number) => to.push(of(number)),
            Self::Bytes(mut packed) => {
                // No number is shorter than a byte.
                to.reserve(packed.len() / 2);
                while !packed.is_empty() {
                    to.push(of(varint(&mut packed)?));
                }
            }
            Self::Fixed => return Err(Damage("a field that should be numbers")),
        }
        Ok(())
    }
}

/// 0, -1, 1, -2, ... as 0, 1, 2, 3, ...
pub(crate) fn zigzag(number: u64) -> i64 {
    (number >> 1) as i64 ^ -((number & 1) as i64)
}

#[inline]
fn varint(rest: &mut &[u8]) -> Result<u64, Damage> {
    match **rest {
        [low, ..] if low < 0x80 => {
            *rest = &rest[1..];
            Ok(u64::from(low))
        }
        [low, high, ..] if high < 0x80 => {
            *rest = &rest[2..];
            Ok(u64::from(low & 0x7f) | u64::from(high) << 7)
        }
        _ => long_varint(rest),
    }
}

fn long_varint(rest: &mut &[u8]) -> Result<u64, Damage> {
    let mut number = 0;
    for (index, byte) in rest.iter().take(10).enumerate() {
        number |= u64::from(byte & 0x7f) << (7 * index);
        if *byte < 0x80 {
            *rest = &rest[index + 1..];
            return Ok(number);
        }
    }
    Err(Damage("a number without an end"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn fields_of_every_kind() {
        // 1: 300, 2: "ab", 3: eight bytes, 4: four bytes, 8: packed -1, 1, and one more that is not packed.
        let message = [
            0x08, 0xac, 0x02, 0x12, 2, b'a', b'b', 0x19, 0, 0, 0, 0, 0, 0, 0, 0, 0x25, 0, 0, 0, 0, 0x42, 2,
            1, 2, 0x40, 3,
        ];
        let (mut fields, mut found, mut numbers) = (Fields::of(&message), Vec::new(), Vec::new());
        while let Some((number, value)) = fields.next().expect("a field") {
            match number {
                8 => value.numbers(&mut numbers, zigzag).expect("numbers"),
                _ => found.push((number, value)),
            }
        }
        let expected =
            [(1, Value::Number(300)), (2, Value::Bytes(b"ab")), (3, Value::Fixed), (4, Value::Fixed)];
        assert_eq!((found.as_slice(), numbers.as_slice()), (expected.as_slice(), [-1, 1, -2].as_slice()));
    }

    #[test]
    fn the_largest_numbers() {
        let ten = [0x08, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0x01];
        let (_, value) = Fields::of(&ten).next().expect("a field").expect("one");
        assert_eq!((value.number(), value.signed()), (Ok(u64::MAX), Ok(i64::MIN)));
    }

    #[test]
    fn damage_is_told() {
        let first = |message: &[u8]| Fields::of(message).next().map(|_| ());
        for damaged in [
            &[0x80_u8][..],
            &[0x08],
            &[0x12, 5, 1],
            &[0x1d, 0],
            &[0x0b],
            &[0x00, 1],
            &[0x08, 0x80],
            &[0xff; 11],
        ] {
            assert!(first(damaged).is_err(), "{damaged:?}");
        }
        assert!(Value::Fixed.number().is_err() && Value::Number(1).bytes().is_err());
        assert!(Value::Bytes(&[1, 0x80]).numbers(&mut Vec::new(), zigzag).is_err());
    }
}
