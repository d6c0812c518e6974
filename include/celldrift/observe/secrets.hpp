// Secret values, replaced by keyed hashes before anything else sees them.
#pragma once

#include "celldrift/core/value.hpp"
#include "celldrift/observe/known_secrets.hpp"

#include <cstddef>
#include <memory>
#include <string>
#include <string_view>

namespace celldrift::observe {

// HMAC-SHA256 under a key of 32 bytes. The same key gives the same hash, so hashes compare as the
// values would; without the key nothing can be learnt but equality.
class SecretKey {
 public:
  static SecretKey random();
  // The key that a file holds (any content of 16 bytes or more is hashed into one). Error(config)
  // otherwise.
  static SecretKey from_file(const std::string& path);
  static SecretKey from_bytes(std::string bytes);

  // Tells keys apart without giving them away: 16 hex digits.
  std::string id() const;
  const std::string& bytes() const { return bytes_; }

  // "hmac-sha256:<32 hex digits>" of a value's decoded bytes.
  std::string hash(std::string_view bytes) const;

 private:
  struct Begun;

  explicit SecretKey(std::string bytes);

  std::string bytes_;
  std::shared_ptr<const Begun> begun_;  // shared by copies
};

// What hash() gives: this, then so many hex digits.
inline constexpr std::string_view hash_prefix = "hmac-sha256:";
inline constexpr std::size_t hash_digits = 32;
bool is_secret_hash(std::string_view text);

// True for v1 Secrets.
bool is_secret(const Value& object);

// The object with all that is secret replaced, marks kept: a Secret's data (hash of the decoded
// bytes), its stringData (moved into data, where it wins, as the API server does it), and every
// copy of them in annotations: kubectl's last-applied stays JSON, with the values in it replaced;
// other annotations that hold a value are hashed as a whole. Null is the empty value. What the API
// server would refuse (no base64, no string) is hashed so that it never equals a real value. Items
// of a List are done one by one; other kinds come back as they are. Doing it twice changes nothing:
// a hash in data is recognised, as no base64 has a ":" in it. The values are added to `known`.
Value without_secrets(const Value& object, const SecretKey& key, KnownSecrets* known = nullptr);

}  // namespace celldrift::observe
