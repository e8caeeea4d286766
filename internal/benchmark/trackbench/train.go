package trackbench

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"io"
	"path/filepath"
	"slices"
	"time"

	"github.com/slotgraph/slotgraph/dst"
	"github.com/slotgraph/slotgraph/dst/dsttest"
	"github.com/slotgraph/slotgraph/internal/benchmark/predictions"
)

// sgdNote goes into weights that were trained on SGD.
const sgdNote = "Trained on the Schema-Guided Dialogue data set (Rastogi et al. 2020) and the paraphrased schemas of SGD-X (Lee et al. 2022), both CC BY-SA 4.0; these weights are licensed under CC BY-SA 4.0: https://creativecommons.org/licenses/by-sa/4.0/"

// Train is the command train: it writes the weights that package dst ships.
// The same data gives the same bytes.
func Train(ctx context.Context, args []string, stdout, stderr io.Writer) error {
	set := flag.NewFlagSet("train", flag.ContinueOnError)
	set.SetOutput(stderr)
	dir := set.String("sgd", "", "`folder` of SGD, with train/ and sgd_x/")
	out := set.String("out", "", "`file` for the weights")
	epochs := set.Int("epochs", 5, "passes over the dialogues")
	keep := set.Int("keep", 420_000, "features that are kept")
	invented := set.Int("invented", 400, "schemas to invent, each with dialogues on it")
	limit := set.Int("limit", 0, "dialogues to train on (default all)")
	rate := set.Float64("rate", 0, "of learning (default 0.1)")
	if err := set.Parse(args); errors.Is(err, flag.ErrHelp) {
		return nil
	} else if err != nil {
		return fmt.Errorf("train: %w", err)
	}
	if *dir == "" || *out == "" || set.NArg() > 0 {
		return errors.New("train: -sgd and -out are required, and nothing else")
	}
	corpus, err := trainingSGD(*dir)
	if err != nil {
		return fmt.Errorf("train: %w", err)
	}
	if *limit > 0 && *limit < len(corpus.Dialogues) {
		corpus.Dialogues = corpus.Dialogues[:*limit]
	}
	start := time.Now()
	corpora := []dst.Corpus{corpus}
	for seed := range *invented {
		c, err := inventedCorpus(ctx, uint64(seed)+1)
		if err != nil {
			return fmt.Errorf("train: %w", err)
		}
		corpora = append(corpora, c)
	}
	weights, err := dst.Train(ctx, corpora, dst.TrainOptions{Epochs: *epochs, Limit: *keep, Rate: *rate, Note: sgdNote, Now: sgdClock, Progress: func(epoch, n, of int) {
		fmt.Fprintf(stderr, "pass %d: %d of %d dialogues, %.0f s\n", epoch+1, n, of, time.Since(start).Seconds())
	}})
	if err != nil {
		return fmt.Errorf("train: %w", err)
	}
	f, err := predictions.Create(*out)
	if err != nil {
		return fmt.Errorf("train: %w", err)
	}
	n, err := weights.WriteTo(f)
	if err := errors.Join(err, f.Close()); err != nil {
		return fmt.Errorf("train: %w", err)
	}
	_, err = fmt.Fprintf(stdout, "dialogues %d\nfeatures %d\nbytes %d\nseconds %.0f\n", len(corpus.Dialogues), weights.Len(), n, time.Since(start).Seconds())
	return err
}

// inventedCorpus is a schema that nobody has, with conversations on it: bounds,
// negations, corrections and several values, of which SGD has none.
func inventedCorpus(ctx context.Context, seed uint64) (dst.Corpus, error) {
	schema := dsttest.RandomSchema(seed)
	dialogues, err := dsttest.SimulateDialogues(ctx, schema, &dsttest.SimOptions{Seed: seed, N: 8, Lang: "en", Now: sgdClock()})
	return dst.Corpus{Schemas: []dst.Schema{schema}, Dialogues: dialogues}, err
}

// sgdClock is a day on which SGD's conversations take place.
func sgdClock() time.Time { return time.Date(2019, time.March, 1, 10, 0, 0, 0, time.UTC) }

// trainingSGD is SGD's training split with the paraphrases of its schema.
func trainingSGD(dir string) (dst.Corpus, error) {
	var c dst.Corpus
	dialogues, err := readSGD(filepath.Join(dir, "train"))
	if err != nil {
		return c, err
	}
	c.Dialogues, c.Points = dialogues, true
	paths, err := filepath.Glob(filepath.Join(dir, "sgd_x", "v*", "train", "schema.json"))
	if err != nil {
		return c, err
	}
	slices.Sort(paths)
	for _, path := range append([]string{filepath.Join(dir, "train", "schema.json")}, paths...) {
		schema, _, err := readSchema(path)
		if err != nil {
			return c, err
		}
		c.Schemas = append(c.Schemas, schema)
	}
	return c, nil
}
