// Where a value was written: a source (a blob of the manifests repo, a template, a file) and a
// position in it. Marks travel with values through rendering, so that a difference can name its
// line.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

namespace celldrift {

// A text that values were read from.
struct Source {
  std::string path;    // as people know it: "apps/backend/deployment.yaml"
  std::string blob;    // git object id in hex; empty when the text is not in git
  std::string commit;  // commit it was read at, in hex; empty when it is not in git

  bool operator==(const Source&) const = default;
};

// A number for a Source; 0 is "no source". Numbers are given out per process and never reused.
using SourceId = std::uint32_t;

// Returns the number of `source`, giving it one if it has none. Thread-safe; O(1).
// Sources are kept until the process ends: their count is that of distinct files read.
SourceId intern_source(const Source& source);

// Returns the source with that number; an empty Source for 0. The reference is valid forever.
const Source& source_of(SourceId id);

struct Mark {
  SourceId source = 0;
  std::uint32_t line = 0;    // counted from 1; 0 is unknown
  std::uint32_t column = 0;  // counted from 1, in characters; 0 is unknown

  bool known() const { return source != 0 || line != 0; }
  bool operator==(const Mark&) const = default;
};

// "apps/a.yaml:12" ("apps/a.yaml" without a line, "" when unknown).
std::string describe(const Mark& mark);

}  // namespace celldrift
