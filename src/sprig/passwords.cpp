// bcrypt, htpasswd and derivePassword.
#include "sprig/families.hpp"
#include "sprig/go_errors.hpp"
#include "sprig/hashes.hpp"
#include "sprig/random_source.hpp"
#include "sprig/values.hpp"

#include <openssl/evp.h>

#include <crypt.h>

#include <algorithm>
#include <memory>

namespace celldrift::sprig {
namespace {

using namespace gotemplate;

constexpr std::size_t longest_bcrypt_password = 72;
constexpr unsigned long bcrypt_cost = 10;

std::string bcrypt_hash(const Call& call, std::string_view password) {
  if (password.size() > longest_bcrypt_password) {
    return "failed to encrypt string with bcrypt: bcrypt: password length exceeds 72 bytes";
  }
  if (password.find('\0') != std::string_view::npos) {
    throw Error(ErrorCode::unsupported, "bcrypt of a password with a NUL byte");
  }
  charge_work(call, 60);
  const auto random = RandomSource(call.random_state).bytes(16);
  char salt[CRYPT_GENSALT_OUTPUT_SIZE];
  const auto work = std::make_unique<crypt_data>();
  if (crypt_gensalt_rn("$2a$", bcrypt_cost, random.data(), int(random.size()), salt, sizeof salt) ==
      nullptr) {
    throw Error(ErrorCode::internal, "libcrypt has no bcrypt");
  }
  const auto* hash = crypt_r(std::string(password).c_str(), salt, work.get());
  if (hash == nullptr || hash[0] == '*') {
    throw Error(ErrorCode::internal, "libcrypt failed to make a bcrypt hash");
  }
  return hash;
}

Any bcrypt(const Call& call) {
  return call.heap.string(bcrypt_hash(call, text(call, 0)));
}

Any htpasswd(const Call& call) {
  const std::string user(text(call, 0));
  if (user.find(':') != std::string::npos) {
    return call.heap.string("invalid username: " + user);
  }
  return call.heap.string(user + ":" + bcrypt_hash(call, text(call, 1)));
}

// --- derivePassword: the Master Password algorithm

struct PasswordType {
  std::string_view name;
  std::vector<std::string_view> templates;  // of which the seed chooses one
};
const PasswordType password_types[] = {
    {"basic", {"aaanaaan", "aannaaan", "aaannaaa"}},
    {"long",
     {"CvcvnoCvcvCvcv", "CvcvCvcvnoCvcv", "CvcvCvcvCvcvno", "CvccnoCvcvCvcv", "CvccCvcvnoCvcv",
      "CvccCvcvCvcvno", "CvcvnoCvccCvcv", "CvcvCvccnoCvcv", "CvcvCvccCvcvno", "CvcvnoCvcvCvcc",
      "CvcvCvcvnoCvcc", "CvcvCvcvCvccno", "CvccnoCvccCvcv", "CvccCvccnoCvcv", "CvccCvccCvcvno",
      "CvcvnoCvccCvcc", "CvcvCvccnoCvcc", "CvcvCvccCvccno", "CvccnoCvcvCvcc", "CvccCvcvnoCvcc",
      "CvccCvcvCvccno"}},
    {"maximum", {"anoxxxxxxxxxxxxxxxxx", "axxxxxxxxxxxxxxxxxno"}},
    {"medium", {"CvcnoCvc", "CvcCvcno"}},
    {"pin", {"nnnn"}},
    {"short", {"Cvcn"}},
};

struct CharacterClass {
  char letter;  // in a template
  std::string_view characters;
};
constexpr CharacterClass character_classes[] = {
    {'V', "AEIOU"},
    {'C', "BCDFGHJKLMNPQRSTVWXYZ"},
    {'v', "aeiou"},
    {'c', "bcdfghjklmnpqrstvwxyz"},
    {'A', "AEIOUBCDFGHJKLMNPQRSTVWXYZ"},
    {'a', "AEIOUaeiouBCDFGHJKLMNPQRSTVWXYZbcdfghjklmnpqrstvwxyz"},
    {'n', "0123456789"},
    {'o', "@&%?,=[]_:-+*$#!'^~;()/."},
    {'x', "AEIOUaeiouBCDFGHJKLMNPQRSTVWXYZbcdfghjklmnpqrstvwxyz0123456789!@#$%^&*()"},
};

std::string big_endian(std::uint32_t number) {
  return {char(number >> 24), char(number >> 16), char(number >> 8), char(number)};
}

std::string with_length(std::string_view text) {
  return "com.lyndir.masterpassword" + big_endian(std::uint32_t(text.size())) + std::string(text);
}

std::string scrypt_key(std::string_view password, std::string_view salt) {
  std::string key(64, '\0');
  constexpr std::uint64_t memory = 128u << 20;
  if (EVP_PBE_scrypt(password.data(),
                     password.size(),
                     reinterpret_cast<const unsigned char*>(salt.data()),
                     salt.size(),
                     32'768,
                     8,
                     2,
                     memory,
                     reinterpret_cast<unsigned char*>(key.data()),
                     key.size()) != 1) {
    throw Error(ErrorCode::internal, "OpenSSL failed to derive a key by scrypt");
  }
  return key;
}

// counter, type, password, user, site
Any derive_password(const Call& call) {
  const auto name = text(call, 1);
  const auto type = std::ranges::find(password_types, name, &PasswordType::name);
  if (type == std::end(password_types)) {
    return call.heap.string("cannot find password template " + std::string(name));
  }
  charge_work(call, 150);
  const auto key = scrypt_key(text(call, 2), with_length(text(call, 3)));
  const auto counter = std::uint32_t(call[0].as_unsigned());
  const auto seed = hmac_sha256(key, with_length(text(call, 4)) + big_endian(counter));
  const auto seed_at = [&](std::size_t i) {
    return std::size_t(static_cast<unsigned char>(seed[i]));
  };
  const auto chosen = type->templates[seed_at(0) % type->templates.size()];
  std::string password;
  for (std::size_t i = 0; i < chosen.size(); ++i) {
    const auto characters =
        std::ranges::find(character_classes, chosen[i], &CharacterClass::letter)->characters;
    password += characters[seed_at(i + 1) % characters.size()];
  }
  return call.heap.string(password);
}

constexpr auto varies = Determinism::varies;

constexpr Function functions_of_passwords[] = {
    {"bcrypt", takes<string_type>, false, &string_type, bcrypt, varies},
    {"derivePassword",
     takes<uint32_type, string_type, string_type, string_type, string_type>,
     false,
     &string_type,
     derive_password},
    {"htpasswd", takes<string_type, string_type>, false, &string_type, htpasswd, varies},
};

}  // namespace

std::span<const Function> passwords_functions() {
  return functions_of_passwords;
}

}  // namespace celldrift::sprig
