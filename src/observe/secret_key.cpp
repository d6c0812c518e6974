// SHA-256's own functions: through EVP, to find the algorithm takes several times as long as to
// hash a short text.
#define OPENSSL_SUPPRESS_DEPRECATED

#include "celldrift/core/error.hpp"
#include "celldrift/core/text.hpp"
#include "celldrift/observe/secrets.hpp"

#include <openssl/rand.h>
#include <openssl/sha.h>

#include <array>
#include <utility>

namespace celldrift::observe {
namespace {

constexpr std::size_t key_bytes = 32;
constexpr std::size_t least_file_bytes = 16;
constexpr std::size_t most_file_bytes = 1u << 20;

std::string hex(const unsigned char* bytes, std::size_t count) {
  constexpr char digits[] = "0123456789abcdef";
  std::string text;
  text.reserve(2 * count);
  for (std::size_t i = 0; i < count; ++i) {
    text += digits[bytes[i] >> 4];
    text += digits[bytes[i] & 15];
  }
  return text;
}

using Digest = std::array<unsigned char, SHA256_DIGEST_LENGTH>;

SHA256_CTX begun(std::string_view bytes) {
  SHA256_CTX state;
  SHA256_Init(&state);
  SHA256_Update(&state, bytes.data(), bytes.size());
  return state;
}

// What SHA-256 has come to after a block of the key, each byte of it changed by `change`.
SHA256_CTX begun_with(std::string key, char change) {
  key.resize(SHA256_CBLOCK);
  for (char& byte : key) {
    byte = char(byte ^ change);
  }
  return begun(key);
}

Digest finished(SHA256_CTX state, std::string_view bytes) {
  Digest digest{};
  SHA256_Update(&state, bytes.data(), bytes.size());
  SHA256_Final(digest.data(), &state);
  return digest;
}

}  // namespace

// HMAC (RFC 2104), its key worked in already.
struct SecretKey::Begun {
  SHA256_CTX inner;
  SHA256_CTX outer;

  Digest hash(std::string_view text) const {
    const Digest digest = finished(inner, text);
    return finished(outer, {reinterpret_cast<const char*>(digest.data()), digest.size()});
  }
};

SecretKey::SecretKey(std::string bytes)
    : bytes_(std::move(bytes)),
      begun_(std::make_shared<const Begun>(
          Begun{.inner = begun_with(bytes_, 0x36), .outer = begun_with(bytes_, 0x5C)})) {}

SecretKey SecretKey::random() {
  std::array<unsigned char, key_bytes> bytes{};
  if (RAND_bytes(bytes.data(), static_cast<int>(bytes.size())) != 1) {
    throw Error(ErrorCode::internal, "OpenSSL has no random numbers");
  }
  return SecretKey(std::string(bytes.begin(), bytes.end()));
}

SecretKey SecretKey::from_file(const std::string& path) {
  std::string content;
  try {
    content = read_file(path, most_file_bytes);
  } catch (const Error& error) {
    throw Error(ErrorCode::config, "cannot read the secret key: " + error.message());
  }
  if (content.size() < least_file_bytes) {
    throw Error(ErrorCode::config,
                "the secret key in " + path +
                    " is too short; it needs 16 bytes at least, for example from "
                    "\"openssl rand -hex 32\"");
  }
  const Digest digest = finished(begun(""), content);
  return SecretKey(std::string(digest.begin(), digest.end()));
}

SecretKey SecretKey::from_bytes(std::string bytes) {
  if (bytes.size() != key_bytes) {
    throw Error(ErrorCode::config,
                "a secret key has 32 bytes, not " + std::to_string(bytes.size()));
  }
  return SecretKey(std::move(bytes));
}

std::string SecretKey::id() const {
  return hex(begun_->hash("celldrift secret key id").data(), 8);
}

std::string SecretKey::hash(std::string_view bytes) const {
  return std::string(hash_prefix) + hex(begun_->hash(bytes).data(), hash_digits / 2);
}

bool is_secret_hash(std::string_view text) {
  constexpr std::string_view digits = "0123456789abcdef";
  return text.size() == hash_prefix.size() + hash_digits && text.starts_with(hash_prefix) &&
         text.find_first_not_of(digits, hash_prefix.size()) == std::string_view::npos;
}

}  // namespace celldrift::observe
