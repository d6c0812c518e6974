#include "celldrift/core/builder.hpp"

#include "celldrift/core/error.hpp"

#include <algorithm>
#include <iterator>
#include <unordered_map>
#include <utility>

namespace celldrift {

Builder::Builder(const Budget& budget, DuplicateKey on_duplicate)
    : budget_(budget), on_duplicate_(std::move(on_duplicate)) {}

void Builder::push(bool is_map, const Mark& mark) {
  if (depth_ >= budget_.depth) {
    throw Error(
        ErrorCode::limit, "nested deeper than " + std::to_string(budget_.depth) + " levels", mark);
  }
  if (depth_ == frames_.size()) {
    frames_.emplace_back();
  }
  ++depth_;
  Frame& frame = top();
  frame.is_map = is_map;
  frame.mark = mark;
  frame.pending = Pending::nothing;
  frame.merged = Value{};
}

void Builder::start_map(const Mark& mark) {
  push(true, mark);
}
void Builder::start_list(const Mark& mark) {
  push(false, mark);
}

void Builder::key(std::string_view name, const Mark& mark) {
  Frame& frame = top();
  frame.pending_key = key_of(name);
  frame.pending_mark = mark;
  frame.pending = Pending::key;
  frame.merged = Value{};
}

// Equal keys of one builder are one node: a name, or one of its pool.
SharedString Builder::key_of(std::string_view text) {
  std::optional<SharedString> name = SharedString::name(text);
  return name ? std::move(*name) : shared(text);
}

void Builder::merge(const Mark& mark) {
  Frame& frame = top();
  frame.pending_mark = mark;
  frame.pending = Pending::merge;
}

namespace {

// A list of entries without repeated keys: each keeps the place of the first and the value of the
// last.
void settle_duplicates(Value::Map& entries,
                       std::vector<Mark>& marks,
                       const Builder::DuplicateKey& tell) {
  std::unordered_map<std::string_view, std::size_t> seen;
  seen.reserve(entries.size());
  std::vector<bool> dropped(entries.size(), false);
  for (std::size_t i = 0; i < entries.size(); ++i) {
    const auto [first, is_new] = seen.try_emplace(entries[i].key.view(), i);
    if (is_new) {
      continue;
    }
    // A key that a merge brought may be written again: that is what merges are for.
    if (tell && marks[first->second].line != 0 && marks[i].line != 0) {
      tell(entries[i].key.view(), marks[first->second], marks[i]);
    }
    entries[first->second].value = entries[i].value;
    marks[first->second] = marks[i];
    dropped[i] = true;
  }
  std::size_t kept = 0;
  for (std::size_t i = 0; i < entries.size(); ++i) {
    if (!dropped[i]) {
      if (kept != i) {
        entries[kept] = std::move(entries[i]);
      }
      ++kept;
    }
  }
  entries.resize(kept);
}

// Keys of one builder are equal only where they are the same node. Small maps are scanned, larger
// ones sorted: no hashing for the common case.
bool has_duplicates(const Value::Map& entries) {
  const auto node = [](const Value::Entry& entry) { return entry.key.view().data(); };
  if (entries.size() > 16) {
    std::vector<const char*> nodes;
    nodes.reserve(entries.size());
    std::ranges::transform(entries, std::back_inserter(nodes), node);
    std::ranges::sort(nodes);
    return std::ranges::adjacent_find(nodes) != nodes.end();
  }
  const char* nodes[16];
  for (std::size_t i = 0; i < entries.size(); ++i) {
    nodes[i] = node(entries[i]);
    if (std::find(nodes, nodes + i, nodes[i]) != nodes + i) {
      return true;
    }
  }
  return false;
}

}  // namespace

void Builder::end_map() {
  Frame& frame = top();
  if (has_duplicates(frame.entries)) {
    settle_duplicates(frame.entries, frame.key_marks, on_duplicate_);
  }
  frame.key_marks.clear();
  --depth_;
  Value map = Value::map_of(frame.entries).with_mark(frame.mark);
  frame.entries.clear();  // keeps its memory for the next ones
  attach(std::move(map));
}

void Builder::end_list() {
  Frame& frame = top();
  --depth_;
  Value list = Value::list_of(frame.items).with_mark(frame.mark);
  frame.items.clear();
  attach(std::move(list));
}

void Builder::add(Value value) {
  if (value.is_string() && value.as_string().size() > budget_.scalar_bytes) {
    throw Error(ErrorCode::limit,
                "a string of " + std::to_string(value.as_string().size()) +
                    " bytes is over the limit of " + std::to_string(budget_.scalar_bytes),
                value.mark());
  }
  // A tree comes from an alias: counted as often as it is used, or a few lines could stand for
  // billions.
  count_nodes(value.is_scalar() ? 0 : celldrift::count_nodes(value) - 1, value.mark());
  attach(std::move(value));
}

void Builder::count_nodes(std::size_t n, const Mark& mark) {
  nodes_ += n;
  if (nodes_ > budget_.nodes) {
    throw Error(ErrorCode::limit,
                "more than " + std::to_string(budget_.nodes) +
                    " values in one document "
                    "(aliases count each time they are used)",
                mark);
  }
}

void Builder::attach(Value value) {
  count_nodes(1, value.mark());
  if (depth_ == 0) {
    done_ = std::move(value);
    return;
  }
  Frame& frame = top();
  if (!frame.is_map) {
    frame.items.push_back(std::move(value));
    return;
  }
  attach_entry(frame, std::move(value));
}

void Builder::attach_entry(Frame& frame, Value value) {
  const Pending pending = std::exchange(frame.pending, Pending::nothing);
  if (pending == Pending::nothing) {
    throw Error(ErrorCode::internal, "a map entry without a key", value.mark());
  }
  if (pending == Pending::merge) {
    merge_value(frame, value);
    frame.merged = std::move(value);
    return;
  }
  // People look for a map or list at the line of its key, not at that of its first entry.
  if (!value.is_scalar() && frame.pending_mark.line != 0 &&
      value.mark().source == frame.pending_mark.source) {
    value = value.with_mark(frame.pending_mark);
  }
  frame.entries.push_back({std::move(frame.pending_key), std::move(value)});
  frame.key_marks.push_back(frame.pending_mark);
}

// As go-yaml 2: from the last map of a list to the first, so that the first wins.
void Builder::merge_value(Frame& frame, const Value& value) {
  if (value.is_map()) {
    merge_map(frame, value);
    return;
  }
  const std::span<const Value> maps = value.items();
  if (!value.is_list() || !std::ranges::all_of(maps, &Value::is_map)) {
    throw Error(
        ErrorCode::parse,
        "\"<<\" takes a map or a list of maps, not a " + std::string(describe(value.kind())),
        frame.pending_mark);
  }
  for (std::size_t i = maps.size(); i-- > 0;) {
    merge_map(frame, maps[i]);
  }
}

void Builder::merge_map(Frame& frame, const Value& map) {
  for (const Value::Entry& entry : map.entries()) {
    // Its keys may come from elsewhere (see has_duplicates).
    frame.entries.push_back({key_of(entry.key.view()), entry.value});
    frame.key_marks.push_back(Mark{});
  }
}

const Value& Builder::last() const {
  if (depth_ == 0) {
    return *done_;
  }
  const Frame& frame = frames_[depth_ - 1];
  if (!frame.is_map) {
    return frame.items.back();
  }
  return frame.merged.is_null() ? frame.entries.back().value : frame.merged;
}

bool Builder::complete() const {
  return done_.has_value() && depth_ == 0;
}

Value Builder::take() {
  if (!complete()) {
    throw Error(ErrorCode::internal, "a document ended before its value did");
  }
  Value value = std::move(*done_);
  done_.reset();
  nodes_ = 0;
  return value;
}

SharedString StringPool::shared(std::string_view text) {
  if (text.empty()) {
    return {};
  }
  if (used_ * 2 >= slots_.size()) {
    grow();
  }
  constexpr std::uint64_t kind = 0x706F6F6C;  // apart from what values hash
  const std::uint64_t hash = hash_bytes(text, kind).low;
  for (std::size_t i = hash;; ++i) {
    Slot& slot = slots_[i & (slots_.size() - 1)];
    if (slot.hash == hash && slot.text.view() == text) {
      return slot.text;
    }
    if (slot.text.view().empty()) {
      slot = {hash, SharedString(text)};
      ++used_;
      return slot.text;
    }
  }
}

void StringPool::grow() {
  std::vector<Slot> old(std::max<std::size_t>(64, slots_.size() * 2));
  std::swap(old, slots_);
  for (Slot& slot : old) {
    if (slot.text.view().empty()) {
      continue;
    }
    std::size_t i = slot.hash;
    while (!slots_[i & (slots_.size() - 1)].text.view().empty()) {
      ++i;
    }
    slots_[i & (slots_.size() - 1)] = std::move(slot);
  }
}

// Without recursion: depth is whatever the caller allowed, the stack need not pay for it.
std::size_t count_nodes(const Value& value) {
  std::size_t count = 0;
  std::vector<const Value*> todo{&value};
  while (!todo.empty()) {
    const Value& next = *todo.back();
    todo.pop_back();
    ++count;
    for (const Value& item : next.items()) {
      todo.push_back(&item);
    }
    for (const Value::Entry& entry : next.entries()) {
      todo.push_back(&entry.value);
    }
  }
  return count;
}

}  // namespace celldrift
