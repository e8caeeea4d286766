package recommend

import (
	"errors"
	"fmt"
	"net/http"
	"net/url"
	"slices"
	"strings"
)

// A PartKind says what a [Part] of a message is. The set is closed.
type PartKind string

// The kinds of parts.
const (
	ImagePart PartKind = "image" // seen by Config.Describer
	AudioPart PartKind = "audio" // heard by Config.Transcriber
)

// A Part is what a message holds besides its text: a photo, a recording.
// Either Data or URL is set. What is wrong with a part never fails a turn: the
// reply says that it could not be made out, and the trace says why.
type Part struct {
	Kind PartKind `json:"kind"`
	MIME string   `json:"mime,omitempty"` // of Data, "image/jpeg"; "" is what the bytes look like
	Data []byte   `json:"data,omitempty"`
	URL  string   `json:"url,omitempty"`  // http or https, handed on to the plug-in, which fetches it; package recommend never does
	Name string   `json:"name,omitempty"` // for the trace: a file's name
}

// Image is a part with the bytes of a picture. A MIME type of "" is read off
// the bytes.
func Image(mime string, data []byte) Part { return Part{Kind: ImagePart, MIME: mime, Data: data} }

// Audio is a part with the bytes of a recording. A MIME type of "" is read off
// the bytes.
func Audio(mime string, data []byte) Part { return Part{Kind: AudioPart, MIME: mime, Data: data} }

// ImageURL is a part with the address of a picture.
func ImageURL(url string) Part { return Part{Kind: ImagePart, URL: url} }

// maxParts is how many parts of a message are looked at.
const maxParts = 8

// errTooLarge is wrapped by what is wrong with a part over Config.MaxPart.
var errTooLarge = errors.New("too large")

// checked is the part with its MIME type filled in, or what is wrong with it.
func (p Part) checked(most int) (Part, error) {
	switch {
	case p.Kind != ImagePart && p.Kind != AudioPart:
		return p, fmt.Errorf("the kind is %q; it is %q or %q", p.Kind, ImagePart, AudioPart)
	case len(p.Data) > 0 && p.URL != "":
		return p, errors.New("it has both Data and URL; give one of them")
	case len(p.Data) == 0 && p.URL == "":
		return p, errors.New("it has neither Data nor URL")
	case len(p.Data) > most:
		return p, fmt.Errorf("%w: it has %d bytes, and Config.MaxPart is %d", errTooLarge, len(p.Data), most)
	case p.URL != "":
		u, err := url.Parse(p.URL)
		if err != nil || u.Scheme != "http" && u.Scheme != "https" || u.Host == "" {
			return p, fmt.Errorf("the URL %.80q is no http or https address", p.URL)
		}
		return p, nil
	}
	return p.sniffed()
}

// sniffed compares the MIME type with what the bytes look like. Bytes that
// look like nothing known contradict nothing: formats of recordings abound.
func (p Part) sniffed() (Part, error) {
	looks, _, _ := strings.Cut(http.DetectContentType(p.Data), ";")
	known := looks != "application/octet-stream"
	if looks == "application/ogg" || (looks == "video/mp4" || looks == "video/webm") && p.Kind == AudioPart {
		looks = "audio" + looks[strings.IndexByte(looks, '/'):] // containers of both
	}
	if p.MIME == "" {
		if !known {
			return p, errors.New("the bytes do not tell what they are; set MIME")
		}
		p.MIME = looks
	}
	family, _, _ := strings.Cut(strings.ToLower(p.MIME), "/")
	if slices.Contains([]string{"application/ogg", "video/mp4", "video/webm"}, p.MIME) {
		family = "audio"
	}
	if family != string(p.Kind) {
		return p, fmt.Errorf("the MIME type is %.80q, which is no %s", p.MIME, p.Kind)
	}
	if seen, _, _ := strings.Cut(looks, "/"); known && seen != string(p.Kind) {
		return p, fmt.Errorf("the MIME type is %.80q, but the bytes look like %s", p.MIME, looks)
	}
	return p, nil
}
