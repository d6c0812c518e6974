#include "celldrift/observe/known_secrets.hpp"

#include "celldrift/observe/secrets.hpp"
#include "observe/hiding/inner_secrets.hpp"
#include "observe/hiding/looks.hpp"

#include <algorithm>
#include <utility>

namespace celldrift::observe {
namespace {

using Tells = KnownSecrets::Tells;

constexpr std::uint64_t hash_kind = 0x5EC2E7;

template <class Map, class Key>
void note(Map& map, const Key& key, Tells tells) {
  Tells& known = map.try_emplace(key, tells).first->second;
  known = std::max(known, tells);
}

template <class Map, class Key>
std::optional<Tells> look_up(const Map& map, const Key& key) {
  const auto found = map.find(key);
  return found == map.end() ? std::nullopt : std::optional(found->second);
}

std::uint64_t bit_of(std::size_t length) {
  return std::uint64_t{1} << std::min<std::size_t>(length, 63);
}

std::string_view without_line_ends(std::string_view text) {
  return text.substr(0, text.find_last_not_of("\r\n") + 1);
}

// Whether a value that is written elsewhere is worth hiding.
bool counts(std::string_view text, Tells tells) {
  return looks(text) != Looks::public_text ||
         (tells == Tells::password && may_be_short_password(text));
}

}  // namespace

Hash KnownSecrets::note_value(std::string_view text, Tells tells) {
  const Hash value = hash_bytes(text, hash_kind);
  note(by_value_, value, tells);
  lengths_ |= bit_of(text.size());
  return value;
}

void KnownSecrets::note_hash(const std::string& hash, Tells tells) {
  const auto value = values_.find(hash);
  if (value == values_.end()) {
    note(by_hash_, hash, tells);
  } else {
    note(by_value_, value->second, tells);
  }
}

void KnownSecrets::add(std::string_view key, std::string_view value, const std::string& hash) {
  const std::string_view text = without_line_ends(value);
  for (const std::string& inner : inner_secrets(text)) {
    if (counts(inner, Tells::password)) {
      note_value(inner, Tells::password);
    }
  }
  if (const auto what = tells(key); what && counts(text, *what)) {
    values_.emplace(hash, note_value(text, *what));
  }
}

void KnownSecrets::add_hashed(const Value& secret) {
  const Value* data = secret.find("data");
  for (const Value::Entry& entry :
       data == nullptr ? std::span<const Value::Entry>{} : data->entries()) {
    const auto what = tells(entry.key);
    if (what && entry.value.is_string() && is_secret_hash(entry.value.as_string())) {
      note_hash(std::string(entry.value.as_string()), *what);
    }
  }
}

void KnownSecrets::add(const KnownSecrets& more) {
  for (const auto& [value, what] : more.by_value_) {
    note(by_value_, value, what);
  }
  values_.insert(more.values_.begin(), more.values_.end());
  for (const auto& [hash, what] : std::exchange(by_hash_, {})) {
    note_hash(hash, what);
  }
  for (const auto& [hash, what] : more.by_hash_) {
    note_hash(hash, what);
  }
  lengths_ |= more.lengths_;
}

KnownSecrets KnownSecrets::told_by(const KnownSecrets& others) const {
  KnownSecrets clear;
  clear.values_ = others.values_;
  clear.lengths_ = others.lengths_;  // some too many: these only spare looking
  KnownSecrets told = *this;
  told.add(clear);
  return told;
}

Hash KnownSecrets::identity() const {
  Hash sum{.low = by_value_.size(), .high = by_hash_.size()};
  const auto add = [&](const Hash& hash, Tells tells) {
    sum.low += hash.low;
    sum.high += hash.high ^ std::uint64_t(tells);
  };
  for (const auto& [value, what] : by_value_) {
    add(value, what);
  }
  for (const auto& [hash, what] : by_hash_) {
    add(hash_bytes(hash, hash_kind), what);
  }
  return sum;
}

bool KnownSecrets::may_have(std::size_t length) const {
  return length >= least_password_bytes && (!by_hash_.empty() || (lengths_ & bit_of(length)) != 0);
}

std::optional<Tells> KnownSecrets::find(std::string_view text, const SecretKey& key) const {
  if ((lengths_ & bit_of(text.size())) != 0) {
    if (const auto found = look_up(by_value_, hash_bytes(text, hash_kind))) {
      return found;
    }
  }
  if (by_hash_.empty() || !counts(text, Tells::password) ||
      without_line_ends(text).size() < text.size()) {
    return std::nullopt;
  }
  // Many a value in a Secret ends in a line end that nobody meant. It never counts: what was hidden
  // where the value is known in clear text is to be hidden here.
  const auto found = look_up(by_hash_, key.hash(text));
  return found ? found : look_up(by_hash_, key.hash(std::string(text) + "\n"));
}

}  // namespace celldrift::observe
