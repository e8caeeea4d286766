package main

import (
	"context"
	"fmt"
	"time"
)

// sweepEvery is how often what has expired is removed.
const sweepEvery = 10 * time.Minute

// sweep removes what has expired until the context is done.
func (a *app) sweep(ctx context.Context) {
	ticker := time.NewTicker(sweepEvery)
	defer ticker.Stop()
	for {
		swept, err := a.manager.Sweep(ctx)
		switch {
		case ctx.Err() != nil:
			return
		case err != nil || len(swept.Failed) > 0:
			a.log.Error("sweep", "removed", swept.Removed, "failed", len(swept.Failed), "error", err)
		case swept.Removed+swept.Compacted > 0:
			a.log.Info("sweep", "removed", swept.Removed, "compacted", swept.Compacted)
		}
		select {
		case <-ticker.C:
		case <-ctx.Done():
			return
		}
	}
}

// rekey seals all that is kept with the current key.
func (a *app) rekey(ctx context.Context) error {
	resealed, failed, err := a.manager.Rekey(ctx)
	if err != nil {
		return fmt.Errorf("rekey: %w", err)
	}
	for key, err := range failed {
		a.log.Error("rekey", "session", key.String(), "error", err)
	}
	if len(failed) > 0 {
		return fmt.Errorf("rekey: %d conversations are sealed anew, %d could not be: keep the old keys", resealed, len(failed))
	}
	a.log.Info("rekey: the old keys are not needed any more", "resealed", resealed)
	return nil
}
