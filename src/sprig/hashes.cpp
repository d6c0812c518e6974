// Hashes of texts, in hexadecimal; adler32sum in decimal.
#include "sprig/hashes.hpp"

#include "sprig/families.hpp"
#include "sprig/go_errors.hpp"
#include "sprig/values.hpp"

#include <openssl/evp.h>
#include <openssl/hmac.h>

namespace celldrift::sprig {
namespace {

using namespace gotemplate;

constexpr char sha1[] = "SHA1";
constexpr char sha256[] = "SHA256";
constexpr char sha512[] = "SHA512";

std::string in_hex(std::string_view bytes) {
  std::string result;
  for (const char c : bytes) {
    const auto byte = static_cast<unsigned char>(c);
    result += {"0123456789abcdef"[byte >> 4], "0123456789abcdef"[byte & 15]};
  }
  return result;
}

template <const char* algorithm>
Any hash_text(const Call& call) {
  return call.heap.string(in_hex(hash_bytes_with(algorithm, text(call, 0))));
}

Any adler32(const Call& call) {
  std::uint32_t low = 1;
  std::uint32_t high = 0;
  for (const char c : text(call, 0)) {
    low = (low + static_cast<unsigned char>(c)) % 65'521;
    high = (high + low) % 65'521;
  }
  return call.heap.string(std::to_string(high << 16 | low));
}

constexpr auto one_text = takes<string_type>;

constexpr Function functions_of_hashes[] = {
    {"adler32sum", one_text, false, &string_type, adler32},
    {"sha1sum", one_text, false, &string_type, hash_text<sha1>},
    {"sha256sum", one_text, false, &string_type, hash_text<sha256>},
    {"sha512sum", one_text, false, &string_type, hash_text<sha512>},
};

}  // namespace

std::string hash_bytes_with(const char* algorithm, std::string_view bytes) {
  std::string result(EVP_MAX_MD_SIZE, '\0');
  std::size_t size = 0;
  auto* target = reinterpret_cast<unsigned char*>(result.data());
  if (EVP_Q_digest(nullptr, algorithm, nullptr, bytes.data(), bytes.size(), target, &size) != 1) {
    throw Error(ErrorCode::internal, std::string("OpenSSL has no ") + algorithm);
  }
  result.resize(size);
  return result;
}

std::string hmac_sha256(std::string_view key, std::string_view bytes) {
  std::string result(32, '\0');
  unsigned size = 0;
  if (HMAC(EVP_sha256(),
           key.data(),
           int(key.size()),
           reinterpret_cast<const unsigned char*>(bytes.data()),
           bytes.size(),
           reinterpret_cast<unsigned char*>(result.data()),
           &size) == nullptr) {
    throw Error(ErrorCode::internal, "OpenSSL failed to make an HMAC");
  }
  return result;
}

std::span<const Function> hashes_functions() {
  return functions_of_hashes;
}

}  // namespace celldrift::sprig
