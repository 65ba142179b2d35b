// SPDX-License-Identifier: Apache-2.0

// Checks a bundle's entries against its checkpoint with the tree and the notes of golang.org/x/mod: a third
// implementation that shares nothing with ours or with verify.py. Exit status 1 when they do not fit.
package main

import (
	"bytes"
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"strings"

	"golang.org/x/mod/sumdb/note"
	"golang.org/x/mod/sumdb/tlog"
)

type entry struct {
	Log  string `json:"log"`
	Seq  int64  `json:"seq"`
	Type string `json:"type"`
	Body struct {
		Continues string `json:"continues"`
	} `json:"body"`
}

type stored []tlog.Hash

func (s stored) ReadHashes(indexes []int64) ([]tlog.Hash, error) {
	hashes := make([]tlog.Hash, len(indexes))
	for i, index := range indexes {
		hashes[i] = s[index]
	}
	return hashes, nil
}

func verify(folder string) error {
	signed, err := os.ReadFile(filepath.Join(folder, "checkpoint"))
	if err != nil {
		return err
	}
	files, _ := filepath.Glob(filepath.Join(folder, "keys", "*.vkey"))
	var verifiers []note.Verifier
	for _, file := range files {
		text, err := os.ReadFile(file)
		if err != nil {
			return err
		}
		verifier, err := note.NewVerifier(strings.TrimSpace(string(text)))
		if err != nil {
			return err
		}
		verifiers = append(verifiers, verifier)
	}
	opened, err := note.Open(signed, note.VerifierList(verifiers...))
	if err != nil {
		return err
	}
	lines := strings.SplitN(opened.Text, "\n", 4)
	var size int64
	if _, err := fmt.Sscanf(lines[1], "%d", &size); err != nil {
		return err
	}
	root, err := tlog.ParseHash(lines[2])
	if err != nil {
		return err
	}
	data, err := os.ReadFile(filepath.Join(folder, "entries.jsonl"))
	if err != nil {
		return err
	}
	if !bytes.HasSuffix(data, []byte("\n")) {
		return fmt.Errorf("the last entry was cut off")
	}
	var hashes stored
	bodies := bytes.Split(data[:len(data)-1], []byte("\n"))
	log := ""
	for number, body := range bodies {
		var read entry
		if err := json.Unmarshal(body, &read); err != nil {
			return err
		}
		if number == 0 || read.Type == "log.continue" && read.Body.Continues == log && read.Log != log {
			log = read.Log
		}
		if read.Seq != int64(number) || read.Log != log {
			return fmt.Errorf("line %d is entry %d of %s", number, read.Seq, read.Log)
		}
		more, err := tlog.StoredHashes(int64(number), body, hashes)
		if err != nil {
			return err
		}
		hashes = append(hashes, more...)
	}
	if "mintmark/"+log != lines[0] {
		return fmt.Errorf("the entries are of %s, the checkpoint is of %s", log, lines[0])
	}
	if int64(len(bodies)) != size {
		return fmt.Errorf("%d entries, the checkpoint is over %d", len(bodies), size)
	}
	found, err := tlog.TreeHash(size, hashes)
	if err != nil {
		return err
	}
	if found != root {
		return fmt.Errorf("the entries are not those of the checkpoint")
	}
	return nil
}

func main() {
	if err := verify(os.Args[1]); err != nil {
		fmt.Println(err)
		os.Exit(1)
	}
}
