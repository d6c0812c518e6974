// Runs of objects: the parts that the objects of a snapshot are written in, a line of JSON each.
#pragma once

#include "celldrift/observe/object_table.hpp"
#include "observe/object_text.hpp"

#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace celldrift::observe {

inline constexpr std::size_t max_line_bytes = 64u << 20;

// Why a run is refused.
struct Objection {
  std::size_t line = 0;  // of the run, from 1; 0: of it as a whole
  std::string why;
};

struct ReadRun {
  std::shared_ptr<const ObjectRun> objects;
  Hash content;  // equal for runs of equal lines
  std::size_t text_bytes = 0;
  std::optional<Objection> objection = std::nullopt;  // there are no more objects than before it
};

class RunReader {
 public:
  explicit RunReader(SeenTexts& seen) : seen_(seen) {}

  // What follows a line that is refused is not looked at.
  void take_line(std::string_view line);
  bool is_refused() const { return objection_.has_value(); }
  ReadRun finish();

 private:
  void take_object(const Value& object);
  void refuse(std::string why);

  SeenTexts& seen_;
  std::size_t lines_ = 0;
  std::size_t bytes_ = 0;
  std::vector<Hash> hashes_;  // of the lines
  ObjectRun objects_;
  std::optional<Objection> objection_;
};

// A whole run's text, each line with its end.
ReadRun read_run(std::string_view text, SeenTexts& seen);

// Of all of them, in that order.
Hash hash_of(std::span<const Hash> hashes);

// Whether the object may follow the other: in the order of keys, and an object may be there at
// several versions of its kind.
bool is_after(const LiveObject& next, const LiveObject& last);

// The JSON of a line. Throws Error(config) that says what is wrong with the line, and does not
// quote it.
Value parse_line(std::string_view line);

// The texts of the runs that objects are written in. Where one ends depends on the objects near
// that place alone, so that cells that differ in some objects have most runs in common.
std::vector<std::string> texts_of_runs(const ObjectTable& objects);

}  // namespace celldrift::observe
