//! The program's own file, in the format of Linux: 64-bit ELF, little-endian ("Tool Interface Standard,
//! Executable and Linking Format", and the ELF-64 object file format).

use std::fs;
use std::ops::Range;

/// Types of program headers and of entries of the dynamic section.
const PT_LOAD: u64 = 1;
const PT_DYNAMIC: u64 = 2;
const DT_RELA: u64 = 7;
const DT_RELASZ: u64 = 8;

/// Relocations that add the address of the program: R_X86_64_RELATIVE and R_AARCH64_RELATIVE.
const RELATIVE: [u64; 2] = [8, 1027];

/// Size of a relocation: where, what kind, what to add.
const RELA_SIZE: usize = 24;

/// What memory held when the program began.
pub(super) struct Image {
    file: Vec<u8>,
    segments: Vec<Segment>,
    /// The difference between addresses in memory and in the file.
    bias: usize,
    /// Where an address of the program was put in, and which (without the bias); sorted.
    relocations: Vec<(usize, usize)>,
}

/// A part of the file that was loaded. Addresses are the file's.
struct Segment {
    address: usize,
    offset: usize,
    /// Bytes in the file; the rest of the memory is zero.
    in_file: usize,
    in_memory: usize,
    writable: bool,
}

impl Image {
    /// `None` if the file cannot be read, or is none that is understood here.
    pub(super) fn of_this_program() -> Option<Self> {
        let file = fs::read("/proc/self/exe").ok()?;
        if file.get(..6)? != b"\x7fELF\x02\x01" {
            return None;
        }
        let headers = field(&file, 32, 8)?;
        let (size, count) = (field(&file, 54, 2)?, field(&file, 56, 2)?);
        let headers: Vec<usize> = (0..count).map(|number| headers + number * size).collect();
        let loaded = headers.iter().filter(|&&header| is(&file, header, PT_LOAD));
        let segments: Vec<Segment> =
            loaded.map(|&header| Segment::read(&file, header)).collect::<Option<_>>()?;
        let bias = place()?.start.checked_sub(segments.first()?.address & !0xfff)?;
        let mut image = Self { file, segments, bias, relocations: Vec::new() };
        if let Some(&dynamic) = headers.iter().find(|&&header| is(&image.file, header, PT_DYNAMIC))
        {
            image.relocations = image.read_relocations(dynamic).unwrap_or_default();
        }
        Some(image)
    }

    /// Whether a variable of the program is here.
    pub(super) fn contains(&self, address: usize) -> bool {
        self.segment(address, 1).is_some_and(|segment| segment.writable)
    }

    /// What the program's file says of these bytes.
    pub(super) fn bytes(&self, address: usize, size: usize) -> Option<Vec<u8>> {
        let segment = self.segment(address, size)?;
        let start = address - self.bias;
        let in_file = (segment.address + segment.in_file).saturating_sub(start).min(size);
        let offset = start - segment.address + segment.offset;
        let mut bytes = self.file.get(offset..offset + in_file)?.to_vec();
        bytes.resize(size, 0);
        let first = self.relocations.partition_point(|&(place, _)| place + 8 <= start);
        for &(place, target) in &self.relocations[first..] {
            // One that lies only partly inside would be of a value that is not there as a whole.
            let Some(at) = place.checked_sub(start).filter(|at| at + 8 <= size) else { break };
            let target = target.wrapping_add(self.bias) as u64;
            bytes[at..at + 8].copy_from_slice(&target.to_le_bytes());
        }
        Some(bytes)
    }

    fn segment(&self, address: usize, size: usize) -> Option<&Segment> {
        let start = address.checked_sub(self.bias)?;
        self.segments.iter().find(|segment| {
            segment.address <= start && start + size <= segment.address + segment.in_memory
        })
    }

    fn read_relocations(&self, dynamic: usize) -> Option<Vec<(usize, usize)>> {
        let (start, size) =
            (field(&self.file, dynamic + 8, 8)?, field(&self.file, dynamic + 32, 8)?);
        let entry = |tag: u64| {
            (start..start + size).step_by(16).find_map(|at| {
                let found = field(&self.file, at, 8)? as u64 == tag;
                found.then(|| field(&self.file, at + 8, 8))?
            })
        };
        let (table, size) = (self.offset(entry(DT_RELA)?)?, entry(DT_RELASZ)?);
        let mut relocations = Vec::new();
        for at in (table..table + size).step_by(RELA_SIZE) {
            if RELATIVE.contains(&(field(&self.file, at + 8, 4)? as u64)) {
                relocations.push((field(&self.file, at, 8)?, field(&self.file, at + 16, 8)?));
            }
        }
        relocations.sort_unstable();
        Some(relocations)
    }

    /// Where in the file an address of the file lies.
    fn offset(&self, address: usize) -> Option<usize> {
        let segment = self.segments.iter().find(|segment| {
            segment.address <= address && address < segment.address + segment.in_file
        })?;
        Some(address - segment.address + segment.offset)
    }
}

impl Segment {
    fn read(file: &[u8], header: usize) -> Option<Self> {
        Some(Self {
            writable: field(file, header + 4, 4)? & 2 != 0,
            offset: field(file, header + 8, 8)?,
            address: field(file, header + 16, 8)?,
            in_file: field(file, header + 32, 8)?,
            in_memory: field(file, header + 40, 8)?,
        })
    }
}

/// Whether this program header is of this type.
fn is(file: &[u8], header: usize, kind: u64) -> bool {
    field(file, header, 4).is_some_and(|found| found as u64 == kind)
}

/// The number of so many bytes at this place of the file.
fn field(file: &[u8], at: usize, size: usize) -> Option<usize> {
    let bytes = file.get(at..at.checked_add(size)?)?;
    let number = bytes.iter().rev().fold(0_u64, |number, &byte| number << 8 | u64::from(byte));
    usize::try_from(number).ok()
}

/// Where the program and its variables are in memory; a quick answer, which needs no look at its file.
pub(super) fn place() -> Option<Range<usize>> {
    let program = fs::read_link("/proc/self/exe").ok()?;
    let program = program.to_string_lossy();
    let maps = fs::read_to_string("/proc/self/maps").ok()?;
    let mut place: Option<Range<usize>> = None;
    for line in maps.lines() {
        let (start, rest) = line.split_once('-')?;
        let (end, rest) = rest.split_once(' ')?;
        let number = |text| usize::from_str_radix(text, 16).ok();
        let (start, end) = (number(start)?, number(end)?);
        // Variables that are zero at first follow, in memory that has no name.
        let is_next = place.as_ref().is_some_and(|place| place.end == start);
        let is_unnamed = !rest.contains(['/', '[']);
        if rest.ends_with(&*program) {
            place = Some(place.map_or(start, |place| place.start)..end);
        } else if is_next && is_unnamed {
            place = place.map(|place| place.start..end);
        }
    }
    place
}
