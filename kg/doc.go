// Package kg is a product knowledge graph.
package kg
