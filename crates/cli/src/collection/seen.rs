//! Which ids were there before: in a file without a name, so that many of them take no memory.

use std::fs::File;
use std::io::{self, BufReader, ErrorKind, Read, Seek, SeekFrom, Write};

use sha2::{Digest, Sha256};

/// As much of a hash as tells ids apart.
type Mark = [u8; SIZE];
const SIZE: usize = 16;
const FREE: Mark = [0; SIZE];
/// Slots to begin with: one page.
const FIRST: u64 = 256;

/// A table of hashes, of which at least every second slot is free.
pub(super) struct Seen {
    file: File,
    slots: u64,
    taken: u64,
}

impl Seen {
    pub(super) fn new() -> io::Result<Self> {
        Self::with_slots(FIRST)
    }

    /// Remembers the id, and says whether it is new.
    pub(super) fn insert(&mut self, id: &str) -> io::Result<bool> {
        let hash = Sha256::digest(id);
        let mut mark = FREE;
        mark.copy_from_slice(&hash[..SIZE]);
        let is_new = self.put(mark)?;
        if self.taken * 2 > self.slots {
            self.grow()?;
        }
        Ok(is_new)
    }

    fn with_slots(slots: u64) -> io::Result<Self> {
        let file = tempfile::tempfile()?;
        file.set_len(slots * SIZE as u64)?;
        Ok(Seen {
            file,
            slots,
            taken: 0,
        })
    }

    /// Into the first free slot from where its value says, unless it is on the way there.
    fn put(&mut self, mark: Mark) -> io::Result<bool> {
        let mut place = u128::from_be_bytes(mark) % u128::from(self.slots);
        loop {
            let at = SeekFrom::Start(place as u64 * SIZE as u64);
            let mut found = FREE;
            self.file.seek(at)?;
            self.file.read_exact(&mut found)?;
            match found {
                FREE => {
                    self.file.seek(at)?;
                    self.file.write_all(&mark)?;
                    self.taken += 1;
                    return Ok(true);
                }
                found if found == mark => return Ok(false),
                _ => place = (place + 1) % u128::from(self.slots),
            }
        }
    }

    fn grow(&mut self) -> io::Result<()> {
        let mut larger = Self::with_slots(self.slots * 2)?;
        self.file.rewind()?;
        let mut all = BufReader::new(&self.file);
        let mut mark = FREE;
        loop {
            match all.read_exact(&mut mark) {
                Ok(()) if mark == FREE => {}
                Ok(()) => {
                    larger.put(mark)?;
                }
                Err(error) if error.kind() == ErrorKind::UnexpectedEof => break,
                Err(error) => return Err(error),
            }
        }
        *self = larger;
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_id_is_new_once_however_many_there_are() {
        let mut seen = Seen::new().unwrap();
        for round in [true, false] {
            for id in 0..2_000 {
                assert_eq!(seen.insert(&format!("item-{id}")).unwrap(), round, "{id}");
            }
        }
        assert_eq!((seen.taken, seen.slots), (2_000, 4096));
    }
}
