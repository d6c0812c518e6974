#include "cli/likeness.hpp"

namespace celldrift::cli {
namespace {

constexpr std::uint64_t hash_kind = 0x11CE;

}  // namespace

Likeness& Likeness::number(std::uint64_t number) {
  all_.append(reinterpret_cast<const char*>(&number), sizeof number);
  return *this;
}

Likeness& Likeness::address(const void* address) {
  return number(reinterpret_cast<std::uintptr_t>(address));
}

Likeness& Likeness::hash(const Hash& hash) {
  return number(hash.low).number(hash.high);
}

Likeness& Likeness::text(std::string_view text) {
  number(text.size());
  all_.append(text);
  return *this;
}

Likeness& Likeness::node(const Value& value) {
  // What is in a list or map lies right behind it, so that no two have theirs at one place.
  return value.is_map()    ? address(value.entries().data())
         : value.is_list() ? address(value.items().data())
                           : content(value);
}

Likeness& Likeness::content(const Value& value) {
  const Mark& mark = value.mark();
  hash(value.hash()).number(mark.source).number(std::uint64_t(mark.line) << 32 | mark.column);
  number(std::uint64_t(value.quoting())).text(value.source_text().value_or(""));
  // The hash does not tell in which order they are, and they may be told in it.
  for (const Value::Entry& entry : value.entries()) {
    text(entry.key.view()).content(entry.value);
  }
  for (const Value& item : value.items()) {
    content(item);
  }
  return *this;
}

Hash Likeness::sum() const {
  return hash_bytes(all_, hash_kind);
}

}  // namespace celldrift::cli
