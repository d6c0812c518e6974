// Secret values, replaced by keyed hashes before anything else sees them.
#pragma once

#include "celldrift/core/value.hpp"

#include <string>
#include <string_view>

namespace celldrift::observe {

// HMAC-SHA256 under a key of 32 bytes. The same key gives the same hash, so hashes compare as the values would;
// without the key nothing can be learnt but equality.
class SecretKey {
 public:
  static SecretKey random();
  // The key that a file holds (any content of 16 bytes or more is hashed into one). Error(config) otherwise.
  static SecretKey from_file(const std::string& path);
  static SecretKey from_bytes(std::string bytes);

  // Tells keys apart without giving them away: 16 hex digits.
  std::string id() const;
  const std::string& bytes() const { return bytes_; }

  // "hmac-sha256:<32 hex digits>" of a value's decoded bytes.
  std::string hash(std::string_view bytes) const;

 private:
  explicit SecretKey(std::string bytes) : bytes_(std::move(bytes)) {}
  std::string bytes_;
};

// True for v1 Secrets.
bool is_secret(const Value& object);

// The object with all that is secret replaced: a Secret's data (hash of the decoded bytes) and stringData (moved into
// data, as the API server does), and every copy of them in annotations (kubectl's last-applied). Objects of other kinds
// come back as they are, but for last-applied annotations of Secrets inside lists. Doing it twice changes nothing.
Value without_secrets(const Value& object, const SecretKey& key);

}  // namespace celldrift::observe
