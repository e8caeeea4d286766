package faulttest

import (
	"github.com/slotgraph/slotgraph/dst/session"
	"testing"
)

func orders(t *testing.T, store session.Store) {}
func slow(t *testing.T, store session.Store)   {}
func panics(t *testing.T, store session.Store) {}
func damage(t *testing.T, store session.Store) {}
func names(t *testing.T, store session.Store)  {}
