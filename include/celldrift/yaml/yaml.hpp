// YAML and JSON as Kubernetes reads them, to Value and back.
//
// Reading follows sigs.k8s.io/yaml 1.6 (go-yaml v2, YAML 1.1, then JSON): yes/no/on/off are
// booleans, as values and as keys; 010 is 8, 0x10 is 16, 1_000 is 1000; dates and 12:30:45 stay
// strings; non-string keys become strings; anchors, aliases and "<<" merges are resolved; of
// duplicate keys the last wins.
#pragma once

#include "celldrift/core/builder.hpp"
#include "celldrift/core/error.hpp"
#include "celldrift/core/value.hpp"

#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace celldrift::yaml {

struct Options {
  SourceId source = 0;  // what marks name
  Budget budget{};
};

struct Warning {
  std::string message;  // names both lines of a duplicate key
  Mark mark;
};

struct Document {
  Value value;                    // null for an empty document
  std::vector<Warning> warnings;  // in the order of the text
};

// The first document of `text`, as sigs.k8s.io/yaml reads one: what follows is not looked at.
// Throws Error(parse) with file:line:column, Error(limit) past the budget or 32 MiB.
Document parse(std::string_view text, const Options& options = {});

// A stretch of a stream, as Kubernetes' YAML reader cuts it: at lines that begin with "---".
struct Piece {
  std::string_view text;
  std::uint32_t first_line = 1;  // of `text` within the stream
  // More than a comment follows the "---" that `text` begins with: parse() says so, and the rest of
  // the stream is not cut any further.
  bool broken_separator = false;
};

// Cuts a stream into its documents without parsing them, so that a broken one spoils no other.
// A UTF-8 byte-order mark is skipped; UTF-16 with a mark must be converted first (to_utf8).
std::vector<Piece> split_documents(std::string_view text);

// parse() of one piece; marks count lines from the start of the stream.
Document parse(const Piece& piece, const Options& options = {});

// All documents of a stream, empty ones left out. Throws at the first broken one.
struct Stream {
  std::vector<Value> documents;
  std::vector<Warning> warnings;
};
Stream parse_stream(std::string_view text, const Options& options = {});

// Exactly one JSON value, blanks around it allowed. Integers past 64 bits become reals, as in Go.
// Marks have lines and columns only when options.source is set: API responses need none.
Document parse_json(std::string_view text, const Options& options = {});

// UTF-16 and UTF-32 with a byte-order mark as UTF-8, and a UTF-8 mark removed; anything else
// unchanged.
std::string to_utf8(std::string_view text);

// Block-style YAML ending in a newline, keys in the order of the maps; reading it again gives an
// equal value. Strings that YAML 1.1 or 1.2 would read as something else are quoted; long ones stay
// whole.
std::string emit(const Value& value);
// Several documents, each after a "---" line.
std::string emit_stream(std::span<const Value> documents);

// What sigs.k8s.io/yaml 1.6 Marshal writes (Go templates' toYaml without its TrimSuffix), byte for
// byte: ends in a newline, keys in go-yaml's "natural" order, texts folded past 80 columns. Throws
// Error(config) with the library's message for what Marshal refuses: NaN and infinities, DEL and
// other control characters that JSON does not escape, keys past 1024 characters.
std::string emit_go(const Value& value);

// JSON. indent 0: one line without blanks. Not HTML-escaped. Reals that are whole are written "1.0"
// so that reading them again gives a real; NaN and infinities cannot be written: Error(internal).
std::string emit_json(const Value& value, int indent = 0);

// JSON with sorted keys and no blanks: equal values give equal bytes.
std::string canonical_json(const Value& value);

}  // namespace celldrift::yaml
