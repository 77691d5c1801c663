//! Tests that need the inside: the markup against `quick-xml`, and cuts in odd places.

use quick_xml::Reader;
use quick_xml::events::{BytesStart, Event};

use crate::markup::{Mark, Marker, MarkupError};
use crate::read::read_in_blocks;
use futago_raw::RawCity;

use crate::{CityGmlError, Limits, read, read_file};

/// What both readers must agree on: tags with their attributes, and the text between two tags.
#[derive(Debug, PartialEq)]
enum Said {
    Start(String, Vec<(String, String)>),
    End(String),
    Text(String),
}

/// Joins what is said; blank texts are none.
#[derive(Default)]
struct Listener {
    said: Vec<Said>,
    text: Vec<u8>,
}

impl Listener {
    fn tag(&mut self, said: Said) {
        let text = words(&std::mem::take(&mut self.text)).trim().to_owned();
        if !text.is_empty() {
            self.said.push(Said::Text(text));
        }
        self.said.push(said);
    }
}

fn words(bytes: &[u8]) -> String {
    String::from_utf8_lossy(bytes).into_owned()
}

fn ours(bytes: &[u8]) -> Result<Vec<Said>, MarkupError> {
    let mut marker = Marker::new(bytes);
    let mut listener = Listener::default();
    loop {
        match marker.next()? {
            Mark::Start { name, empty, .. } => {
                let attributes = marker.attributes.iter().map(|(k, v)| (words(k), words(v))).collect();
                listener.tag(Said::Start(words(name), attributes));
                if empty {
                    listener.tag(Said::End(words(name)));
                }
            }
            Mark::End { name } => listener.tag(Said::End(words(name))),
            Mark::Text(text) | Mark::Data(text) => listener.text.extend_from_slice(text),
            Mark::Doctype => return Err(MarkupError::Wrong("a DOCTYPE".to_owned())),
            Mark::Over => return Ok(listener.said),
        }
    }
}

fn theirs(bytes: &[u8]) -> Result<Vec<Said>, quick_xml::Error> {
    let mut reader = Reader::from_reader(bytes);
    reader.config_mut().allow_unmatched_ends = true;
    // A bare `&` is for the reader of the text, who keeps and reports it.
    reader.config_mut().allow_dangling_amp = true;
    let mut listener = Listener::default();
    let start = |start: &BytesStart<'_>| -> Result<Said, quick_xml::Error> {
        let mut attributes = Vec::new();
        for attribute in start.attributes().with_checks(false) {
            let attribute = attribute?;
            attributes.push((words(attribute.key.0), words(&attribute.value)));
        }
        Ok(Said::Start(words(start.name().0), attributes))
    };
    loop {
        match reader.read_event()? {
            Event::Start(tag) => listener.tag(start(&tag)?),
            Event::Empty(tag) => {
                listener.tag(start(&tag)?);
                listener.tag(Said::End(words(tag.name().0)));
            }
            Event::End(tag) => listener.tag(Said::End(words(tag.name().0))),
            Event::Text(text) => listener.text.extend_from_slice(&text),
            Event::CData(text) => listener.text.extend_from_slice(&text),
            Event::GeneralRef(name) => listener.text.extend_from_slice(&[b"&", &*name, b";"].concat()),
            Event::Eof => return Ok(listener.said),
            _ => {}
        }
    }
}

const SAMPLE: &str = r##"<core:CityModel xmlns:core="http://www.opengis.net/citygml/2.0" xmlns:gml="http://www.opengis.net/gml"
 xmlns:bldg="http://www.opengis.net/citygml/building/2.0" xmlns:app="http://www.opengis.net/citygml/appearance/2.0" xmlns:xlink="http://www.w3.org/1999/xlink">
<gml:boundedBy><gml:Envelope srsName="EPSG:6697" srsDimension='3'/></gml:boundedBy>
<!-- </core:cityObjectMember> is only a comment -->
<core:cityObjectMember><bldg:Building gml:id="a"><gml:name>x &amp; y<!-- z --> w</gml:name>
<bldg:usage codeSpace = "a&gt;b" >401</bldg:usage><gml:description><![CDATA[</core:cityObjectMember> <b>]]></gml:description>
<bldg:lod1Solid><gml:Solid><gml:exterior><gml:CompositeSurface><gml:surfaceMember><gml:Polygon gml:id="p"><gml:exterior>
<gml:LinearRing gml:id="r"><gml:posList>35.123456789012345 139.1 1 35.2 139.1 1.5 35.2 139.2 2 35.123456789012345 139.1 1</gml:posList></gml:LinearRing>
</gml:exterior></gml:Polygon></gml:surfaceMember></gml:CompositeSurface></gml:exterior></gml:Solid></bldg:lod1Solid>
<bldg:lod2Solid><gml:Solid><gml:exterior><gml:CompositeSurface><gml:surfaceMember xlink:href="#p"/></gml:CompositeSurface></gml:exterior></gml:Solid></bldg:lod2Solid>
</bldg:Building></core:cityObjectMember >
<!-- <core:cityObjectMember></core:cityObjectMember> --><?note </core:cityObjectMember> ?>
<core:cityObjectMember><b:Building xmlns:b="http://www.opengis.net/citygml/building/2.0" gml:id="b"><app:appearance><app:Appearance>
<app:surfaceDataMember><app:X3DMaterial><app:target>#p</app:target></app:X3DMaterial></app:surfaceDataMember></app:Appearance></app:appearance></b:Building></core:cityObjectMember>
<app:appearanceMember><app:Appearance><app:theme>rgbTexture</app:theme>
<app:surfaceDataMember><app:ParameterizedTexture><app:imageURI>a.jpg</app:imageURI><app:target uri="#p"><app:TexCoordList><app:textureCoordinates ring="#r">0 0 1 0 1 1 0 0</app:textureCoordinates></app:TexCoordList></app:target></app:ParameterizedTexture></app:surfaceDataMember>
<app:surfaceDataMember><app:ParameterizedTexture><app:imageURI>b.jpg</app:imageURI></app:ParameterizedTexture></app:surfaceDataMember></app:Appearance></app:appearanceMember>
<core:cityObjectMember><bldg:Building gml:id="c"/></core:cityObjectMember>
</core:CityModel>
"##;

/// Numbers that repeat: SplitMix64.
struct Dice(u64);

impl Dice {
    fn below(&mut self, end: usize) -> usize {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mut z = self.0;
        z = (z ^ z >> 30).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        z = (z ^ z >> 27).wrapping_mul(0x94D0_49BB_1331_11EB);
        ((z ^ z >> 31) % end.max(1) as u64) as usize
    }

    /// The bytes with one to four small changes.
    fn changed(&mut self, bytes: &[u8]) -> Vec<u8> {
        let mut bytes = bytes.to_vec();
        for _ in 0..=self.below(4) {
            let at = self.below(bytes.len());
            let end = (at + self.below(40)).min(bytes.len());
            match self.below(5) {
                0 => bytes[at] = self.below(256) as u8,
                1 => bytes[at] = b"<>/\"'=&;! \n#-?[]."[self.below(17)],
                2 => drop(bytes.drain(at..end)),
                3 => {
                    let copy = bytes[at..end].to_vec();
                    let to = self.below(bytes.len());
                    bytes.splice(to..to, copy);
                }
                _ => bytes.truncate(at.max(1)),
            }
            if bytes.is_empty() {
                bytes.push(b'<');
            }
        }
        bytes
    }
}

#[test]
fn the_markup_is_what_quick_xml_says() {
    let said = ours(SAMPLE.as_bytes()).expect("good");
    assert!(said.len() > 90, "only {} marks", said.len());
    assert_eq!(said, theirs(SAMPLE.as_bytes()).expect("good"));
}

/// On broken files ours may be stricter, but what it takes it takes in the same way.
#[test]
fn changed_markup_is_what_quick_xml_says_or_refused() {
    let mut dice = Dice(1);
    let mut taken = 0;
    for turn in 0..20_000 {
        let bytes = dice.changed(SAMPLE.as_bytes());
        if let Ok(said) = ours(&bytes) {
            let theirs = theirs(&bytes).unwrap_or_else(|error| panic!("{turn}: {error}\n{}", words(&bytes)));
            assert_eq!(said, theirs, "{turn}: {}", words(&bytes));
            taken += 1;
        }
    }
    assert!(taken > 500, "only {taken} of the changed files were taken");
}

fn in_blocks(bytes: &[u8], block: usize) -> Result<RawCity, CityGmlError> {
    read_in_blocks(bytes, "t.gml", &Limits::default(), block)
}

/// Everything that a city says, without the numbers of its names.
fn told(city: &RawCity) -> String {
    let mut all = format!("{:?}\n{:?}\n", city.header, city.report);
    let appearances = city
        .appearances
        .iter()
        .flat_map(|a| std::iter::once(&a.head).chain(&a.properties).chain(&a.surface_data));
    for object in city.objects.iter().chain(appearances).chain(&city.properties) {
        all += &format!("{}\n", object.byte);
        for node in object.nodes() {
            let attributes: Vec<_> = node.attributes().collect();
            all += &format!("{} {:?} {:?} {attributes:?}\n", node.name(), node.role(), node.text());
        }
        let (shapes, links) = (&object.shapes, &object.links);
        all += &format!("{shapes:?} {links:?} {:?} {:?}\n", object.texture_rings, object.texture_positions);
    }
    all
}

#[test]
fn where_a_file_is_cut_into_stretches_does_not_show() {
    let whole = in_blocks(SAMPLE.as_bytes(), 1 << 20).expect("good");
    assert!(whole.report.entries.is_empty(), "{:?}", whole.report);
    assert_eq!((whole.objects.len(), whole.appearances.len()), (3, 1));
    assert_eq!(whole.appearances[0].surface_data.len(), 2);
    let expected = told(&whole);
    for block in [1, 7, 64, 150, 300, 500, 700, 1000, 1500, 2000] {
        assert_eq!(told(&in_blocks(SAMPLE.as_bytes(), block).expect("good")), expected, "{block}");
    }
}

#[test]
fn threads_and_the_way_of_reading_do_not_show() {
    let member = SAMPLE.find("<core:cityObjectMember>").unwrap();
    let many = [
        &SAMPLE[..member],
        &SAMPLE[member..SAMPLE.rfind("</core:CityModel>").unwrap()].repeat(6000),
        "</core:CityModel>",
    ]
    .concat();
    assert!(many.len() > 8 << 20, "not enough for several stretches");
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("t.gml");
    std::fs::write(&path, &many).expect("a file");
    let cities: Vec<RawCity> = [1, 2, 4]
        .map(|threads| {
            let pool = rayon::ThreadPoolBuilder::new().num_threads(threads).build().expect("threads");
            let (slice, file) = pool.install(|| {
                (read(many.as_bytes(), "t.gml", &Limits::default()), read_file(&path, &Limits::default()))
            });
            assert!(slice.as_ref().ok() == file.as_ref().ok(), "{threads}: the file differs from the slice");
            slice.expect("good")
        })
        .into();
    assert_eq!(cities[0].objects.len(), 18_000);
    assert!(cities[0] == cities[1] && cities[0] == cities[2], "the number of threads shows");
    let expected = told(&cities[0]);
    assert!(
        told(&in_blocks(many.as_bytes(), 10_000).expect("good")) == expected,
        "the size of stretches shows"
    );
}

#[test]
fn a_cut_anywhere_is_an_error() {
    let end = SAMPLE.rfind('>').unwrap();
    for at in 0..=end {
        for block in [1 << 20, 300] {
            let error = in_blocks(&SAMPLE.as_bytes()[..at], block).expect_err("cut");
            let known = matches!(error, CityGmlError::Cut { .. } | CityGmlError::NotXml { .. });
            assert!(known, "{at}: {error:?}");
        }
    }
    in_blocks(&SAMPLE.as_bytes()[..=end], 300).expect("whole");
}

/// Whatever the bytes: no panic, no hang, the same with any cuts, and every view can be walked.
#[test]
fn changed_files_are_read_or_refused() {
    let mut dice = Dice(2);
    let (mut good, mut bad) = (0, 0);
    for turn in 0..6000 {
        let bytes = dice.changed(SAMPLE.as_bytes());
        let (whole, cut) = (in_blocks(&bytes, 1 << 20), in_blocks(&bytes, 300));
        match (whole, cut) {
            (Ok(whole), Ok(cut)) => {
                good += 1;
                assert_eq!(told(&whole), told(&cut), "{turn}: {}", words(&bytes));
            }
            (Err(_), Err(_)) => bad += 1,
            (whole, cut) => panic!("{turn}: {:?} {:?}\n{}", whole.err(), cut.err(), words(&bytes)),
        }
    }
    assert!(good > 200 && bad > 500, "{good} good, {bad} bad: the changes are too mild or too wild");
}
