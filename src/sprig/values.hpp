// What many of sprig's functions do with a value.
#pragma once

#include "celldrift/gotemplate/function.hpp"

#include <string>
#include <string_view>
#include <vector>

namespace celldrift::sprig {

inline std::string_view text(const gotemplate::Call& call, std::size_t index) {
  return call[index].as_string();
}

// Counts `count` items of `unit` bytes towards the run's memory and gives their bytes. For what a
// small template can make large. Throws Error(limit).
std::size_t charge(const gotemplate::Call& call, std::size_t unit, std::size_t count = 1);

// Counts work that takes long towards the run's memory, which is the one budget that functions
// have: a run may do some 16 seconds of it. Throws Error(limit).
void charge_work(const gotemplate::Call& call, std::size_t milliseconds);

// sprig's strval: strings and bytes as they are, what has a String or Error method by it, the rest
// as %v.
std::string text_of(const gotemplate::Any& value);

// sprig's empty: nil, false, 0, "" and what has no items; never a struct.
bool is_empty(const gotemplate::Any& value);

// sprig's strslice: any value as []string. A []string is itself, shared.
gotemplate::Any string_list(const gotemplate::Any& value, gotemplate::Heap& heap);

// A list that the Go function appends to item by item: with the room that append leaves.
gotemplate::Any appended_list(const gotemplate::Call& call,
                              std::vector<gotemplate::Any> items,
                              const gotemplate::Type& type = gotemplate::list_type);

// []byte, of bytes and back.
gotemplate::Any bytes_value(gotemplate::Heap& heap, std::string_view bytes);
std::string bytes_of(const gotemplate::Any& value);

// A list of strings whose bytes are kept already.
gotemplate::Any kept_strings(const std::vector<std::string_view>& items, gotemplate::Heap& heap);

}  // namespace celldrift::sprig
