// Package predictions makes the prediction files of the benchmark commands.
package predictions

import (
	"fmt"
	"os"
)

// Create makes or empties a prediction file. It refuses a path that leads to
// one of the files that the command reads, which it would destroy.
func Create(path string, inputs ...string) (*os.File, error) {
	if old, err := os.Stat(path); err == nil {
		for _, input := range inputs {
			if in, err := os.Stat(input); err == nil && os.SameFile(old, in) {
				return nil, fmt.Errorf("the prediction file: %s is the file %s that is read; give -out another name", path, input)
			}
		}
	}
	f, err := os.Create(path)
	if err != nil {
		return nil, fmt.Errorf("the prediction file: %w", err)
	}
	return f, nil
}
