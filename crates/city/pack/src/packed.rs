//! Compressed sections: blocks of LZ4, so that all cores compress and none needs much memory.
//!
//! | bytes | what |
//! |---|---|
//! | 8 | length of the content |
//! | 4 each | length of each compressed block |
//! | then | the blocks, each of 1 MiB of content, the last of what is left |

use lz4_flex::block::{compress, decompress_into};
use rayon::prelude::*;

/// Content of one block.
const BLOCK: usize = 1 << 20;

/// Compresses a section.
pub(crate) fn pack(content: &[u8]) -> Vec<u8> {
    let blocks: Vec<Vec<u8>> = content.par_chunks(BLOCK).map(compress).collect();
    let mut packed = (content.len() as u64).to_le_bytes().to_vec();
    packed.reserve(blocks.iter().map(|block| block.len() + 4).sum());
    for block in &blocks {
        packed.extend_from_slice(&(block.len() as u32).to_le_bytes());
    }
    for block in &blocks {
        packed.extend_from_slice(block);
    }
    packed
}

/// The content of a section, at most `limit` bytes; the problem when it is none.
pub(crate) fn unpack(packed: &[u8], limit: u64) -> Result<Vec<u8>, String> {
    let cut = || "it is cut".to_owned();
    let (length, rest) = packed.split_first_chunk::<8>().ok_or_else(cut)?;
    let length = u64::from_le_bytes(*length);
    if length > limit {
        return Err(format!("{length} bytes of content, at most {limit} are read"));
    }
    let count = (length as usize).div_ceil(BLOCK);
    let (sizes, mut rest) = rest.split_at_checked(count * 4).ok_or_else(cut)?;
    let mut blocks = Vec::with_capacity(count);
    for size in sizes.chunks_exact(4) {
        let size = u32::from_le_bytes([size[0], size[1], size[2], size[3]]) as usize;
        let (block, after) = rest.split_at_checked(size).ok_or_else(cut)?;
        blocks.push(block);
        rest = after;
    }
    if !rest.is_empty() {
        return Err("something follows its last block".to_owned());
    }
    let mut content = vec![0; length as usize];
    content.par_chunks_mut(BLOCK).zip(blocks).try_for_each(|(into, block)| {
        let want = into.len();
        match decompress_into(block, into) {
            Ok(found) if found == want => Ok(()),
            Ok(found) => Err(format!("a block holds {found} bytes, not {want}")),
            Err(error) => Err(format!("a block is damaged: {error}")),
        }
    })?;
    Ok(content)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn content_comes_back_on_any_length() {
        for length in [0, 1, BLOCK - 1, BLOCK, 2 * BLOCK + 7] {
            let content: Vec<u8> = (0..length).map(|i| (i * i / 7) as u8).collect();
            let packed = pack(&content);
            assert_eq!(unpack(&packed, u64::MAX).as_deref(), Ok(content.as_slice()), "{length}");
        }
    }

    #[test]
    fn a_damaged_section_says_so() {
        let content = vec![7; 3 * BLOCK];
        let packed = pack(&content);
        assert!(unpack(&packed[..packed.len() - 1], u64::MAX).is_err());
        assert!(unpack(&[packed.as_slice(), &[0]].concat(), u64::MAX).is_err());
        assert!(unpack(&packed, content.len() as u64 - 1).unwrap_err().contains("at most"));
        let mut longer = packed.clone();
        longer[0] += 1;
        assert!(unpack(&longer, u64::MAX).is_err());
    }
}
