package dst

import (
	_ "embed"
	"fmt"
	"sync"
)

//go:generate go run ../internal/benchmark train -sgd ../../shared/data/sgd -out weights/en.bin

// englishFile is what a command of the repository wrote; see weights/README.md
// for its licence.
//
//go:embed weights/en.bin
var englishFile []byte

// english reads the weights once, when the first tracker asks for them.
var english = sync.OnceValues(func() (*Weights, error) {
	w, err := parseWeights(englishFile)
	if err != nil {
		return nil, fmt.Errorf("dst: the shipped weights: %w", err)
	}
	return w, nil
})
