// encryptAES and decryptAES: AES-256 in CBC mode, the key's bytes being the password's.
#include "celldrift/core/text.hpp"
#include "sprig/base64.hpp"
#include "sprig/families.hpp"
#include "sprig/go_errors.hpp"
#include "sprig/owned.hpp"
#include "sprig/random_source.hpp"
#include "sprig/values.hpp"

#include <openssl/evp.h>

#include <memory>

namespace celldrift::sprig {
namespace {

using namespace gotemplate;

constexpr std::size_t key_size = 32;
constexpr std::size_t block_size = 16;

enum class Direction : int { decrypt = 0, encrypt = 1 };

// `bytes` are whole blocks.
std::string run_cipher(Direction direction,
                       std::string_view password,
                       std::string_view start,
                       std::string_view bytes) {
  std::string key(password.substr(0, key_size));
  key.resize(key_size, '\0');
  const auto as_bytes = [](std::string_view text) {
    return reinterpret_cast<const unsigned char*>(text.data());
  };
  const std::unique_ptr<EVP_CIPHER_CTX, Release<EVP_CIPHER_CTX_free>> context(EVP_CIPHER_CTX_new());
  std::string result(bytes.size() + block_size, '\0');
  int size = 0;
  const bool ok = EVP_CipherInit_ex(context.get(),
                                    EVP_aes_256_cbc(),
                                    nullptr,
                                    as_bytes(key),
                                    as_bytes(start),
                                    int(direction)) == 1 &&
                  EVP_CIPHER_CTX_set_padding(context.get(), 0) == 1 &&
                  EVP_CipherUpdate(context.get(),
                                   reinterpret_cast<unsigned char*>(result.data()),
                                   &size,
                                   as_bytes(bytes),
                                   int(bytes.size())) == 1;
  if (!ok) {
    throw Error(ErrorCode::internal, "OpenSSL failed to run AES");
  }
  result.resize(std::size_t(size));
  return result;
}

Any encrypt(const Call& call) {
  std::string content(text(call, 1));
  if (content.empty()) {
    return Any::string("");
  }
  const auto padding = block_size - content.size() % block_size;
  content.append(padding, char(padding));
  const auto start = RandomSource(call.random_state).bytes(block_size);
  return call.heap.string(
      base64_encode(start + run_cipher(Direction::encrypt, text(call, 0), start, content)));
}

// What Go's runtime says where decryptAES slices a text that is too short. Base64 of n bytes is
// decoded into a slice whose capacity is that of n/4 groups.
void require_first_block(std::size_t size, std::size_t capacity) {
  if (capacity < block_size) {
    fail("runtime error: slice bounds out of range [:16] with capacity " +
         std::to_string(capacity));
  }
  if (size < block_size) {
    fail("runtime error: slice bounds out of range [16:" + std::to_string(size) + "]");
  }
}

Any decrypt(const Call& call) {
  const auto encoded = text(call, 1);
  if (encoded.empty()) {
    return Any::string("");
  }
  const auto bytes = decode_base64(encoded);
  require_first_block(bytes.size(), encoded.size() / 4 * 3);
  const auto content = std::string_view(bytes).substr(block_size);
  if (content.size() % block_size != 0) {
    fail("crypto/cipher: input not full blocks");
  }
  if (content.empty()) {
    fail("runtime error: index out of range [-1]");
  }
  auto result = run_cipher(
      Direction::decrypt, text(call, 0), std::string_view(bytes).substr(0, block_size), content);
  const auto padding = static_cast<unsigned char>(result.back());
  if (padding > result.size()) {
    fail("runtime error: slice bounds out of range [:-" + std::to_string(padding - result.size()) +
         "]");
  }
  result.resize(result.size() - padding);
  return call.heap.string(result);
}

constexpr auto two_texts = takes<string_type, string_type>;

constexpr Function functions_of_ciphers[] = {
    {"decryptAES", two_texts, false, &string_type, decrypt},
    {"encryptAES", two_texts, false, &string_type, encrypt, Determinism::varies},
};

}  // namespace

std::span<const Function> ciphers_functions() {
  return functions_of_ciphers;
}

}  // namespace celldrift::sprig
