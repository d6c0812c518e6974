// Builder: turns the events of a parser (YAML or JSON) into a Value. Parsers call it in document
// order; it keeps the budgets, stores repeated keys once and settles duplicate keys.
#pragma once

#include "celldrift/core/value.hpp"

#include <functional>
#include <optional>
#include <vector>

namespace celldrift {

// What one document may cost. Exceeding one is an Error(limit) that names it.
struct Budget {
  std::size_t depth = 400;               // nested lists and maps
  std::size_t nodes = 5'000'000;         // values in one document, aliases counted each time
  std::size_t scalar_bytes = 16u << 20;  // one string
  std::size_t text_bytes = 256u << 20;   // the document's text
};

// Strings by content, each kept once. An open-addressing table by keyed hash: no input can slow it
// down.
class StringPool {
 public:
  // The one shared copy of `text` in this pool.
  SharedString shared(std::string_view text);

 private:
  struct Slot {
    std::uint64_t hash = 0;
    SharedString text;  // empty: the slot is free
  };

  void grow();

  std::vector<Slot> slots_;
  std::size_t used_ = 0;
};

class Builder {
 public:
  // Called when a key is written twice in one map; the last one wins.
  using DuplicateKey =
      std::function<void(std::string_view key, const Mark& first, const Mark& again)>;

  explicit Builder(const Budget& budget, DuplicateKey on_duplicate = {});

  void start_map(const Mark& mark);
  // The next value's key; `mark` is the key's place. A list or map takes its mark, for people look
  // for it there.
  void key(std::string_view name, const Mark& mark);
  // In place of key(): the entries of the next value, a map or a list of maps, become entries of
  // this map (YAML's "<<"). Those of the earlier maps of a list win; what is written after a merge
  // wins over it. Throws Error(parse) when that value is anything else.
  void merge(const Mark& mark);
  void end_map();
  void start_list(const Mark& mark);
  void end_list();
  void add(Value scalar_or_tree);  // a finished value, with its mark

  // The value that was finished last. Valid until the next call; there must have been one.
  const Value& last() const;

  // True when exactly one whole value was built.
  bool complete() const;
  // The finished value; the builder is then as new. Throws Error(internal) if not complete().
  Value take();

  // The one shared copy of a string that repeats within this builder's life.
  SharedString shared(std::string_view text) { return strings_.shared(text); }

 private:
  enum class Pending : std::uint8_t { nothing, key, merge };
  // An open list or map. Its vectors are scratch space that the next one at this depth uses again.
  struct Frame {
    bool is_map = false;
    Mark mark;
    Value::List items;
    Value::Map entries;
    std::vector<Mark> key_marks;  // unknown for merged entries
    SharedString pending_key;
    Mark pending_mark;
    Value merged;  // what a merge took last; null when the last value was none
    Pending pending = Pending::nothing;
  };

  SharedString key_of(std::string_view text);
  void attach(Value value);
  void attach_entry(Frame& frame, Value value);
  void merge_value(Frame& frame, const Value& value);
  void merge_map(Frame& frame, const Value& map);
  void count_nodes(std::size_t n, const Mark& mark);
  void push(bool is_map, const Mark& mark);
  Frame& top() { return frames_[depth_ - 1]; }

  Budget budget_;
  DuplicateKey on_duplicate_;
  std::vector<Frame> frames_;
  std::size_t depth_ = 0;  // how many of the frames are open
  std::optional<Value> done_;
  std::size_t nodes_ = 0;
  StringPool strings_;
};

// The number of values in a tree, itself included. O(tree).
std::size_t count_nodes(const Value& value);

}  // namespace celldrift
