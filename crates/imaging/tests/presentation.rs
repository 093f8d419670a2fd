//! From stored values to what is seen, on small files made here.
#![allow(clippy::unwrap_used)]

mod common;

use common::Film;
use imaging::{
    Error, Function, Photometric, RenderOptions, SpacingSource, Voi, Window, orientation,
};

const WINDOW_CENTRE: u32 = 0x0028_1050;
const WINDOW_WIDTH: u32 = 0x0028_1051;
const INTERCEPT: u32 = 0x0028_1052;
const SLOPE: u32 = 0x0028_1053;

fn grey(film: &Film) -> Vec<u8> {
    film.open()
        .unwrap()
        .render(0, &RenderOptions::default())
        .unwrap()
        .bytes
}

#[test]
fn rescale_then_window_then_inversion() {
    // Hounsfield units -1024, -160, 40, 240 under 400/40: black, black, middle, white.
    let film = Film::new(1, 4)
        .text(INTERCEPT, b"DS", "-1024")
        .text(SLOPE, b"DS", "1")
        .text(WINDOW_CENTRE, b"DS", "40\\-600")
        .text(WINDOW_WIDTH, b"DS", "400\\1500")
        .text(0x0028_1055, b"LO", "SOFT\\LUNG")
        .pixels16(&[0, 864, 1064, 1264]);
    assert_eq!(grey(&film), [0, 0, 128, 255]);
    let header = film.open().unwrap().header().clone();
    assert_eq!(header.windows.len(), 2);
    assert_eq!(header.windows[1].explanation.as_deref(), Some("LUNG"));
    let inverse = film.text(0x0028_0004, b"CS", "MONOCHROME1");
    assert_eq!(grey(&inverse), [255, 255, 127, 0]);
    let plane = inverse.open().unwrap().model_plane(0).unwrap();
    assert_eq!((plane.values[0], plane.values[3]), (1.0, 0.0));
}

#[test]
fn a_rescale_of_unknown_type_is_read_as_the_number_it_is() {
    let film = Film::new(1, 2)
        .with(SLOPE, b"UN", b"2 ".to_vec())
        .with(INTERCEPT, b"UN", b"-10 ".to_vec())
        .pixels16(&[5, 10]);
    let format = film.open().unwrap().display_frame(0).unwrap().format;
    assert_eq!((format.slope, format.intercept), (2.0, -10.0));
}

#[test]
fn slope_and_width_of_zero_do_no_harm() {
    let film = Film::new(1, 2)
        .text(SLOPE, b"DS", "0")
        .text(WINDOW_CENTRE, b"DS", "5")
        .text(WINDOW_WIDTH, b"DS", "0")
        .pixels16(&[0, 10]);
    assert_eq!(
        film.open().unwrap().display_frame(0).unwrap().format.slope,
        1.0
    );
    assert_eq!(grey(&film), [0, 255]);
    assert_eq!(
        grey(&Film::new(1, 3).pixels16(&[7, 7, 7])),
        [128, 128, 128],
        "a flat film is grey"
    );
}

#[test]
fn bits_above_the_stored_ones_are_not_values() {
    let film = Film::new(1, 2)
        .us(0x0028_0101, 12)
        .pixels16(&[0xF001, 0x8FFF]);
    let frame = film.open().unwrap().display_frame(0).unwrap();
    assert_eq!(frame.values(), [1, 0xFFF]);
    let signed = film
        .us(0x0028_0103, 1)
        .open()
        .unwrap()
        .display_frame(0)
        .unwrap();
    assert_eq!(signed.values(), [1, -1]);
}

#[test]
fn padding_is_black_and_not_part_of_the_automatic_window() {
    let film = Film::new(1, 3)
        .with(0x0028_0120, b"SS", (-2000_i16).to_le_bytes().to_vec())
        .us(0x0028_0103, 1)
        .pixels16(&[(-2000_i16).cast_unsigned(), 0, 100]);
    assert_eq!(grey(&film), [0, 0, 255]);
    let inverse = film.text(0x0028_0004, b"CS", "MONOCHROME1");
    assert_eq!(grey(&inverse), [0, 255, 0]);
}

#[test]
fn look_up_tables_take_the_place_of_rescale_and_window() {
    let table = |descriptor: [u16; 3], data: &[u16]| {
        let words = |words: &[u16]| words.iter().flat_map(|word| word.to_le_bytes()).collect();
        Film::item()
            .with(0x0028_3002, b"US", words(&descriptor))
            .with(0x0028_3006, b"OW", words(data))
    };
    let film = Film::new(1, 4)
        .sequence(0x0028_3000, &table([3, 1, 8], &[10, 20, 30]))
        .sequence(
            0x0028_3010,
            &table([21, 10, 12], &(0..21).map(|n| n * 204).collect::<Vec<_>>()),
        )
        .pixels16(&[0, 1, 2, 9]);
    let shown = film.open().unwrap().shown(0).unwrap();
    assert_eq!(
        shown.frame.values(),
        [10, 10, 20, 30],
        "ends of the modality LUT hold"
    );
    assert_eq!(
        (shown.frame.format.slope, shown.frame.format.bits),
        (1.0, 16)
    );
    assert!(matches!(shown.voi, Voi::Table(_)));
    assert_eq!(grey(&film), [0, 0, 127, 254]);
    // A person's own window takes the place of the file's table.
    let window = Window {
        centre: 20.0,
        width: 20.0,
        function: Function::LinearExact,
    };
    let own = RenderOptions {
        window: Some(window),
        ..Default::default()
    };
    assert_eq!(shown.render(&own).unwrap().bytes, [0, 0, 128, 255]);
}

#[test]
fn palette_colours_are_looked_up() {
    let mut film = Film::new(1, 3)
        .text(0x0028_0004, b"CS", "PALETTE COLOR")
        .pixels8(&[0, 1, 2]);
    for (n, data) in [[0_u16, 0xFF00, 0x8000], [0, 0, 0x4000], [0xFF00, 0, 0]]
        .iter()
        .enumerate()
    {
        let words = |words: &[u16]| words.iter().flat_map(|word| word.to_le_bytes()).collect();
        film = film
            .with(0x0028_1101 + n as u32, b"US", words(&[3, 0, 16]))
            .with(0x0028_1201 + n as u32, b"OW", words(data));
    }
    let frame = film.open().unwrap().display_frame(0).unwrap();
    assert_eq!(frame.format.photometric, Photometric::Rgb);
    assert_eq!(frame.bytes, [0, 0, 255, 255, 0, 0, 128, 64, 0]);
}

#[test]
fn planes_and_chrominance_become_rgb() {
    let rgb = Film::new(1, 2)
        .us(0x0028_0002, 3)
        .us(0x0028_0006, 1)
        .text(0x0028_0004, b"CS", "RGB")
        .pixels8(&[1, 2, 3, 4, 5, 6]);
    assert_eq!(
        rgb.open().unwrap().display_frame(0).unwrap().bytes,
        [1, 3, 5, 2, 4, 6]
    );
    let half = Film::new(1, 2)
        .us(0x0028_0002, 3)
        .us(0x0028_0006, 0)
        .text(0x0028_0004, b"CS", "YBR_FULL_422")
        .pixels8(&[76, 29, 85, 255]);
    let picture = half.open().unwrap();
    assert_eq!(
        picture.stored_frame(0).unwrap().photometric,
        Photometric::YbrFull
    );
    // 76/85/255 is pure red; the second pixel shares its chrominance.
    assert_eq!(picture.display_frame(0).unwrap().bytes[..3], [254, 0, 0]);
}

#[test]
fn spacing_says_where_it_was_measured() {
    let spacing = |film: Film| film.pixels16(&[0]).open().unwrap().header().spacing;
    let imager = Film::new(1, 1).text(0x0018_1164, b"DS", "0.14\\0.15");
    let found = spacing(imager).unwrap();
    assert_eq!(
        (found.row, found.column, found.source),
        (0.14, 0.15, SpacingSource::ImagerPlane)
    );
    let both = Film::new(1, 1).text(0x0018_1164, b"DS", "0.14\\0.15").text(
        0x0028_0030,
        b"DS",
        "0.1\\0.11",
    );
    assert_eq!(spacing(both).unwrap().source, SpacingSource::Calibrated);
    let plain = |modality| {
        Film::new(1, 1)
            .text(0x0008_0060, b"CS", modality)
            .text(0x0028_0030, b"DS", "0.1\\0.1")
    };
    assert_eq!(
        spacing(plain("CT")).unwrap().source,
        SpacingSource::Calibrated
    );
    assert_eq!(
        spacing(plain("DX")).unwrap().source,
        SpacingSource::ImagerPlane
    );
    let fiducial = plain("DX").text(0x0028_0A02, b"CS", "FIDUCIAL");
    assert_eq!(spacing(fiducial).unwrap().source, SpacingSource::Calibrated);
    assert_eq!(spacing(Film::new(1, 1)), None);
    assert_eq!(
        spacing(Film::new(1, 1).text(0x0028_0030, b"DS", "0\\0")),
        None,
        "no distance"
    );
}

#[test]
fn edges_come_from_orientation_alone() {
    let edges = |film: Film| {
        let found = orientation::edges(film.pixels16(&[0]).open().unwrap().header());
        found.map(|e| [e.top, e.right, e.bottom, e.left].join(" "))
    };
    assert_eq!(edges(Film::new(1, 1)), None);
    let axial = Film::new(1, 1).text(0x0020_0037, b"DS", "1\\0\\0\\0\\1\\0");
    assert_eq!(edges(axial).as_deref(), Some("A L P R"));
    let coronal = Film::new(1, 1).text(0x0020_0037, b"DS", "1\\0\\0\\0\\0\\-1");
    assert_eq!(edges(coronal).as_deref(), Some("H L F R"));
    let oblique = Film::new(1, 1).text(0x0020_0037, b"DS", "0.8\\0.6\\0\\0\\0\\-1");
    assert_eq!(edges(oblique).as_deref(), Some("H LP F RA"));
    let chest = Film::new(1, 1).text(0x0020_0020, b"CS", "L\\F");
    assert_eq!(edges(chest).as_deref(), Some("H L F R"));
    assert_eq!(
        edges(Film::new(1, 1).text(0x0020_0020, b"CS", "<b>\\F")),
        None
    );
    assert_eq!(
        edges(Film::new(1, 1).text(0x0020_0037, b"DS", "0\\0\\0\\0\\0\\0")),
        None
    );
}

#[test]
fn identity_is_read_and_never_printed() {
    let film = Film::new(1, 1)
        .text(0x0008_0005, b"CS", "ISO_IR 192")
        .text(0x0010_0010, b"PN", "Müller^Änne^^^")
        .text(0x0010_0020, b"LO", "../../etc/passwd")
        .text(0x0010_0030, b"DA", "19450714")
        .text(0x0010_0040, b"CS", "F")
        .pixels16(&[0]);
    let picture = film.open().unwrap();
    let identity = picture.header().identity.clone().unwrap();
    assert_eq!(identity.name.expose(), "Müller, Änne");
    assert_eq!(
        identity.id.expose(),
        "../../etc/passwd",
        "data, and nothing but data"
    );
    assert_eq!(identity.birth_date.unwrap().expose(), "1945-07-14");
    let printed = format!("{:?} {:?}", picture, picture.header());
    assert!(
        !printed.contains("Müller") && !printed.contains("passwd") && !printed.contains("1945")
    );
}

#[test]
fn one_bit_frames_begin_inside_a_byte() {
    // Three frames of 1 × 3: 101 010 110, least significant bit first.
    let film = Film::new(1, 3)
        .text(0x0028_0008, b"IS", "3")
        .us(0x0028_0100, 1)
        .us(0x0028_0101, 1)
        .with(0x7FE0_0010, b"OB", vec![0b1101_0101, 0b0000_0000]);
    let picture = film.open().unwrap();
    let frames: Vec<_> = (0..3)
        .map(|n| picture.stored_frame(n).unwrap().bytes)
        .collect();
    assert_eq!(frames, [[1, 0, 1], [0, 1, 0], [1, 1, 0]]);
    assert_eq!(
        picture.stored_frame(3),
        Err(Error::NoFrame {
            frame: 3,
            frames: 3
        })
    );
}

#[test]
fn projection_radiographs_without_a_window_lose_their_extremes() {
    let mut values: Vec<u16> = (0..1000).map(|n| 1000 + n).collect();
    values[0] = 0;
    values[999] = 65_535;
    let film = |modality| {
        Film::new(10, 100)
            .text(0x0008_0060, b"CS", modality)
            .pixels16(&values)
    };
    let window = |modality| film(modality).open().unwrap().voi(0).unwrap().window();
    assert_eq!(
        (window("MR").centre, window("MR").width),
        (32_767.5, 65_535.0)
    );
    assert_eq!((window("DX").centre, window("DX").width), (1499.5, 979.0));
}

#[test]
fn thumbnails_are_png_of_at_most_256_pixels() {
    let film = Film::new(300, 600).pixels16(&vec![9; 180_000]);
    let png = film.open().unwrap().thumbnail().unwrap();
    let small = imaging::Picture::from_bytes(png, &imaging::Limits::default()).unwrap();
    let layout = small.header().layout;
    assert_eq!((layout.rows, layout.columns, layout.samples), (128, 256, 1));
}

#[test]
fn a_film_without_preamble_or_file_meta_information_is_read() {
    let film = Film::new(1, 2)
        .text(0x0008_0060, b"CS", "MR")
        .pixels16(&[3, 4]);
    let whole = film.bytes();
    let meta = whole[132..].to_vec();
    let bare = film.body();
    for bytes in [whole, meta, bare] {
        let picture = imaging::Picture::from_bytes(bytes, &imaging::Limits::default()).unwrap();
        assert_eq!(picture.display_frame(0).unwrap().values(), [3, 4]);
        assert_eq!(picture.header().modality.as_deref(), Some("MR"));
    }
}

#[test]
fn frames_of_enhanced_objects_have_windows_of_their_own() {
    let voi = |centre| {
        Film::item()
            .text(WINDOW_CENTRE, b"DS", centre)
            .text(WINDOW_WIDTH, b"DS", "10")
    };
    let rescale = Film::item()
        .text(SLOPE, b"DS", "2")
        .text(INTERCEPT, b"DS", "1");
    let shared = Film::item().sequence(0x0028_9145, &rescale);
    let per_frame = [voi("5"), voi("7")].map(|item| Film::item().sequence(0x0028_9132, &item));
    let film = Film::new(1, 1)
        .text(0x0028_0008, b"IS", "2")
        .sequence(0x5200_9229, &shared)
        .items(0x5200_9230, &per_frame)
        .pixels16(&[1, 2]);
    let picture = film.open().unwrap();
    let centres = [0, 1].map(|n| picture.voi(n).unwrap().window().centre);
    assert_eq!(centres, [5.0, 7.0]);
    let format = picture.display_frame(1).unwrap().format;
    assert_eq!((format.slope, format.intercept), (2.0, 1.0));
}
