// The values of a cell's Secrets, so that copies of them elsewhere can be found: never the values
// themselves, only hashes.
#pragma once

#include "celldrift/core/hash.hpp"
#include "celldrift/core/value.hpp"

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>

namespace celldrift::observe {

class SecretKey;

class KnownSecrets {
 public:
  // What the key of a value in a Secret says about it.
  enum class Tells : std::uint8_t {
    ordinary,  // "username": a value counts where it looks random, or is all of a text
    secret,    // "data": any value counts
    password   // "password": short ones as well, where they are all of a text
  };

  // A value in clear text, while it is read; `hash` is SecretKey's. Trailing line ends do not
  // count. What within it is secret by itself, such as the password of a URL, is known too.
  void add(std::string_view key, std::string_view value, const std::string& hash);
  // A Secret whose values are hashes already, as snapshots have them.
  void add_hashed(const Value& secret);
  // Values that one of both has as hashes and the other in clear text are known in clear text.
  void add(const KnownSecrets& more);
  // The same set, with those of its values in clear text that `others` has in clear text.
  KnownSecrets told_by(const KnownSecrets& others) const;

  bool empty() const { return by_value_.empty() && by_hash_.empty(); }
  // Whether there are values of which only the hashes are known, so that it takes the key to find
  // them.
  bool needs_key() const { return !by_hash_.empty(); }
  // Equal for sets of the same values, known in the same way. O(size).
  Hash identity() const;
  // Distinct values. Equal sizes of a set and of one that was added to it: nothing was new.
  std::size_t size() const { return by_value_.size() + by_hash_.size(); }

  // Whether a value of this length may be known: a quick test before any hash.
  bool may_have(std::size_t length) const;
  // What is known of a text; nothing when it is no value of a Secret. Needs the key only for values
  // that came as hashes.
  std::optional<Tells> find(std::string_view text, const SecretKey& key) const;

 private:
  Hash note_value(std::string_view text, Tells tells);
  void note_hash(const std::string& hash, Tells tells);

  std::unordered_map<Hash, Tells> by_value_;
  std::unordered_map<std::string, Tells> by_hash_;  // those that came as hashes only
  std::unordered_map<std::string, Hash> values_;    // in by_value_, by the hashes under the key
  std::uint64_t lengths_ = 0;                       // of by_value_; the last bit: 63 or more
};

}  // namespace celldrift::observe
