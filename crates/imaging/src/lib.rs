//! DICOM, PNG, JPEG and TIFF in; frames, thumbnails and a study tree out.
