#include "celldrift/core/error.hpp"
#include "celldrift/core/text.hpp"
#include "celldrift/observe/secrets.hpp"

#include <openssl/evp.h>
#include <openssl/hmac.h>
#include <openssl/rand.h>
#include <openssl/sha.h>

#include <array>

namespace celldrift::observe {
namespace {

constexpr std::size_t key_bytes = 32;
constexpr std::size_t least_file_bytes = 16;
constexpr std::size_t most_file_bytes = 1u << 20;

const unsigned char* as_bytes(std::string_view text) {
  return reinterpret_cast<const unsigned char*>(text.data());
}

std::string hex(const unsigned char* bytes, std::size_t count) {
  constexpr char digits[] = "0123456789abcdef";
  std::string text;
  for (std::size_t i = 0; i < count; ++i) {
    text += digits[bytes[i] >> 4];
    text += digits[bytes[i] & 15];
  }
  return text;
}

std::array<unsigned char, SHA256_DIGEST_LENGTH> hmac(const std::string& key,
                                                     std::string_view text) {
  std::array<unsigned char, SHA256_DIGEST_LENGTH> digest{};
  unsigned length = 0;
  if (!HMAC(EVP_sha256(),
            key.data(),
            static_cast<int>(key.size()),
            as_bytes(text),
            text.size(),
            digest.data(),
            &length)) {
    throw Error(ErrorCode::internal, "OpenSSL cannot compute an HMAC");
  }
  return digest;
}

}  // namespace

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
  std::array<unsigned char, SHA256_DIGEST_LENGTH> digest{};
  SHA256(as_bytes(content), content.size(), digest.data());
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
  return hex(hmac(bytes_, "celldrift secret key id").data(), 8);
}

std::string SecretKey::hash(std::string_view bytes) const {
  return std::string(hash_prefix) + hex(hmac(bytes_, bytes).data(), hash_digits / 2);
}

bool is_secret_hash(std::string_view text) {
  constexpr std::string_view digits = "0123456789abcdef";
  return text.size() == hash_prefix.size() + hash_digits && text.starts_with(hash_prefix) &&
         text.find_first_not_of(digits, hash_prefix.size()) == std::string_view::npos;
}

}  // namespace celldrift::observe
