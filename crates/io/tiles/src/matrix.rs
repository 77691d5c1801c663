//! Affine maps, columns first as 3D Tiles and glTF write them. In f64: an Earth-centred coordinate in f32
//! is off by up to a quarter of a metre.

/// Four columns of four numbers; the last row is taken as 0, 0, 0, 1.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) struct Matrix(pub(crate) [f64; 16]);

impl Matrix {
    pub(crate) const IDENTITY: Self =
        Self([1.0, 0.0, 0.0, 0.0, 0.0, 1.0, 0.0, 0.0, 0.0, 0.0, 1.0, 0.0, 0.0, 0.0, 0.0, 1.0]);

    /// glTF's axes (y up) to those of tiles (z up): a quarter turn about x.
    pub(crate) const Z_UP_FROM_Y_UP: Self =
        Self([1.0, 0.0, 0.0, 0.0, 0.0, 0.0, 1.0, 0.0, 0.0, -1.0, 0.0, 0.0, 0.0, 0.0, 0.0, 1.0]);

    /// x up to z up: a quarter turn about y.
    pub(crate) const Z_UP_FROM_X_UP: Self =
        Self([0.0, 0.0, 1.0, 0.0, 0.0, 1.0, 0.0, 0.0, -1.0, 0.0, 0.0, 0.0, 0.0, 0.0, 0.0, 1.0]);

    /// Sixteen numbers, all finite.
    pub(crate) fn from_slice(numbers: &[f64]) -> Option<Self> {
        let numbers: [f64; 16] = numbers.try_into().ok()?;
        numbers.iter().all(|number| number.is_finite()).then_some(Self(numbers))
    }

    pub(crate) fn translation([x, y, z]: [f64; 3]) -> Self {
        let mut matrix = Self::IDENTITY;
        matrix.0[12..15].copy_from_slice(&[x, y, z]);
        matrix
    }

    /// Where x, y, z and the origin go.
    pub(crate) fn from_axes([x, y, z]: [[f64; 3]; 3], origin: [f64; 3]) -> Self {
        let mut matrix = Self::IDENTITY;
        for (column, to) in [x, y, z, origin].into_iter().enumerate() {
            matrix.0[4 * column..4 * column + 3].copy_from_slice(&to);
        }
        matrix
    }

    /// Scaled, then turned by a quaternion (x, y, z, w), then moved.
    pub(crate) fn from_parts(move_by: [f64; 3], turn: [f64; 4], scale: [f64; 3]) -> Self {
        let length = turn.iter().map(|part| part * part).sum::<f64>().sqrt();
        let [x, y, z, w] = if length > 0.0 { turn.map(|part| part / length) } else { [0.0, 0.0, 0.0, 1.0] };
        let axes = [
            [1.0 - 2.0 * (y * y + z * z), 2.0 * (x * y + z * w), 2.0 * (x * z - y * w)],
            [2.0 * (x * y - z * w), 1.0 - 2.0 * (x * x + z * z), 2.0 * (y * z + x * w)],
            [2.0 * (x * z + y * w), 2.0 * (y * z - x * w), 1.0 - 2.0 * (x * x + y * y)],
        ];
        let scaled = std::array::from_fn(|axis| axes[axis].map(|part| part * scale[axis]));
        Self::from_axes(scaled, move_by)
    }

    /// First `other`, then this.
    pub(crate) fn after(&self, other: &Self) -> Self {
        let mut product = [0.0; 16];
        for column in 0..4 {
            for row in 0..4 {
                product[4 * column + row] =
                    (0..4).map(|k| self.0[4 * k + row] * other.0[4 * column + k]).sum();
            }
        }
        Self(product)
    }

    pub(crate) fn point(&self, [x, y, z]: [f64; 3]) -> [f64; 3] {
        let m = &self.0;
        std::array::from_fn(|row| m[row] * x + m[4 + row] * y + m[8 + row] * z + m[12 + row])
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn up_becomes_up_and_the_front_south() {
        let gltf = Matrix::Z_UP_FROM_Y_UP;
        assert_eq!(gltf.point([1.0, 2.0, 3.0]), [1.0, -3.0, 2.0]);
        assert_eq!(Matrix::Z_UP_FROM_X_UP.point([1.0, 0.0, 0.0]), [0.0, 0.0, 1.0]);
    }

    #[test]
    fn parts_are_applied_scale_first_and_move_last() {
        let half = std::f64::consts::FRAC_1_SQRT_2;
        let matrix = Matrix::from_parts([10.0, 20.0, 30.0], [0.0, 0.0, half, half], [2.0, 3.0, 4.0]);
        let moved = matrix.point([1.0, 1.0, 1.0]);
        for (got, want) in moved.into_iter().zip([7.0, 22.0, 34.0]) {
            assert!((got - want).abs() < 1e-12, "{moved:?}");
        }
        let twice = Matrix::translation([1.0, 0.0, 0.0]).after(&matrix).point([1.0, 1.0, 1.0]);
        assert!((twice[0] - 8.0).abs() < 1e-12);
    }
}
