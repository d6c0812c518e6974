#include "sprig/private_key.hpp"

#include "sprig/go_errors.hpp"
#include "sprig/owned.hpp"
#include "sprig/pem.hpp"

#include <openssl/x509.h>

#include <optional>

namespace celldrift::sprig {
namespace {

PrivateKey own(EVP_PKEY* key) {
  if (key == nullptr) {
    throw Error(ErrorCode::internal, "OpenSSL failed to make a key");
  }
  return {key, EVP_PKEY_free};
}

using Context = std::unique_ptr<EVP_PKEY_CTX, Release<EVP_PKEY_CTX_free>>;
using Pkcs8 = std::unique_ptr<PKCS8_PRIV_KEY_INFO, Release<PKCS8_PRIV_KEY_INFO_free>>;

PrivateKey try_own(EVP_PKEY* key) {
  return key == nullptr ? nullptr : own(key);
}

PrivateKey read_own_form(int type, std::string_view der) {
  const auto* bytes = reinterpret_cast<const unsigned char*>(der.data());
  const auto* end = bytes + der.size();
  auto key = try_own(d2i_PrivateKey(type, nullptr, &bytes, long(der.size())));
  return bytes == end && key != nullptr && EVP_PKEY_get_base_id(key.get()) == type ? key : nullptr;
}

Pkcs8 read_pkcs8(std::string_view der) {
  const auto* bytes = reinterpret_cast<const unsigned char*>(der.data());
  return Pkcs8(d2i_PKCS8_PRIV_KEY_INFO(nullptr, &bytes, long(der.size())));
}

// What Go's encoding/asn1 says of a text whose first element is no sequence that is all there;
// nothing when it is one.
std::optional<std::string> outer_problem(std::string_view der, std::string_view type) {
  const auto at = [&](std::size_t i) { return static_cast<unsigned char>(der[i]); };
  if (der.empty()) {
    return "asn1: syntax error: sequence truncated";
  }
  if (der.size() < 2) {
    return "asn1: syntax error: truncated tag or length";
  }
  std::size_t header = 2;
  std::size_t length = at(1);
  if (length & 0x80) {
    const std::size_t bytes = length & 0x7F;
    if (der.size() < header + bytes) {
      return "asn1: syntax error: truncated tag or length";
    }
    length = 0;
    for (std::size_t i = 0; i < bytes && length < (1u << 24); ++i) {
      length = length << 8 | at(header + i);
    }
    header += bytes;
  }
  if (at(0) != 0x30) {
    return "asn1: structure error: tags don't match (16 vs {class:" + std::to_string(at(0) >> 6) +
           " tag:" + std::to_string(at(0) & 0x1F) + " length:" + std::to_string(length) +
           " isCompound:" + (at(0) & 0x20 ? "true" : "false") +
           "}) {optional:false explicit:false application:false private:false defaultValue:<nil> "
           "tag:<nil> stringType:0 timeType:0 set:false omitEmpty:false} " +
           std::string(type) + " @" + std::to_string(header);
  }
  return der.size() - header < length ? std::optional("asn1: syntax error: data truncated")
                                      : std::nullopt;
}

std::string problem_of(std::string_view der, std::string_view type) {
  return outer_problem(der, type).value_or("asn1: syntax error: sequence truncated");
}

std::string use_instead(std::string_view function) {
  return "x509: failed to parse private key (use " + std::string(function) +
         " instead for this key format)";
}

bool is_rsa(std::string_view der) {
  return read_own_form(EVP_PKEY_RSA, der) != nullptr;
}
bool is_ec(std::string_view der) {
  return read_own_form(EVP_PKEY_EC, der) != nullptr;
}

PrivateKey parse_pkcs8(std::string_view der) {
  const auto info = read_pkcs8(der);
  auto key = info == nullptr ? nullptr : try_own(EVP_PKCS82PKEY(info.get()));
  if (key == nullptr) {
    fail("decoding PEM as PKCS#8: " + (is_ec(der)    ? use_instead("ParseECPrivateKey")
                                       : is_rsa(der) ? use_instead("ParsePKCS1PrivateKey")
                                                     : problem_of(der, "pkcs8")));
  }
  return key;
}

PrivateKey parse_rsa(std::string_view der) {
  auto key = read_own_form(EVP_PKEY_RSA, der);
  if (key == nullptr) {
    fail("parsing RSA private key from PEM: " + (is_ec(der) ? use_instead("ParseECPrivateKey")
                                                 : read_pkcs8(der) != nullptr
                                                     ? use_instead("ParsePKCS8PrivateKey")
                                                     : problem_of(der, "pkcs1PrivateKey")));
  }
  return key;
}

PrivateKey parse_ec(std::string_view der) {
  auto key = read_own_form(EVP_PKEY_EC, der);
  if (key == nullptr) {
    fail("parsing EC private key from PEM: " +
         (read_pkcs8(der) != nullptr ? use_instead("ParsePKCS8PrivateKey")
          : is_rsa(der)
              ? use_instead("ParsePKCS1PrivateKey")
              : "x509: failed to parse EC private key: " + problem_of(der, "ecPrivateKey")));
  }
  return key;
}

PrivateKey parse_dsa(std::string_view der) {
  auto key = read_own_form(EVP_PKEY_DSA, der);
  if (key == nullptr) {
    fail("parsing DSA private key from PEM: " + problem_of(der, "DSAKeyFormat"));
  }
  return key;
}

struct Form {
  std::string_view name;  // before " PRIVATE KEY"
  PrivateKey (*parse)(std::string_view der);
};
constexpr Form forms[] = {{"RSA", parse_rsa}, {"EC", parse_ec}, {"DSA", parse_dsa}};

constexpr std::string_view pkcs8_type = "PRIVATE KEY";

template <typename Write, typename Object>
std::string der_of(Write write, Object* object) {
  unsigned char* bytes = nullptr;
  const int size = write(object, &bytes);
  const std::unique_ptr<unsigned char, void (*)(unsigned char*)> owned(
      bytes, [](unsigned char* p) { OPENSSL_free(p); });
  if (size <= 0) {
    throw Error(ErrorCode::internal, "OpenSSL failed to write a key");
  }
  return {reinterpret_cast<const char*>(bytes), std::size_t(size)};
}

std::string_view type_of(const PrivateKey& key) {
  switch (EVP_PKEY_get_base_id(key.get())) {
    case EVP_PKEY_RSA:
      return "RSA PRIVATE KEY";
    case EVP_PKEY_EC:
      return "EC PRIVATE KEY";
    case EVP_PKEY_DSA:
      return "DSA PRIVATE KEY";
    default:
      return pkcs8_type;
  }
}

}  // namespace

PrivateKey generate_rsa(std::size_t bits) {
  return own(EVP_PKEY_Q_keygen(nullptr, nullptr, "RSA", bits));
}

PrivateKey generate_ecdsa() {
  return own(EVP_PKEY_Q_keygen(nullptr, nullptr, "EC", "P-256"));
}

PrivateKey generate_ed25519() {
  return own(EVP_PKEY_Q_keygen(nullptr, nullptr, "ED25519"));
}

PrivateKey generate_dsa() {
  const Context parameters_context(EVP_PKEY_CTX_new_from_name(nullptr, "DSA", nullptr));
  unsigned bits = 2048;
  unsigned order_bits = 256;
  const OSSL_PARAM sizes[] = {OSSL_PARAM_construct_uint("pbits", &bits),
                              OSSL_PARAM_construct_uint("qbits", &order_bits),
                              OSSL_PARAM_construct_end()};
  EVP_PKEY* made = nullptr;
  if (EVP_PKEY_paramgen_init(parameters_context.get()) == 1 &&
      EVP_PKEY_CTX_set_params(parameters_context.get(), sizes) == 1) {
    EVP_PKEY_generate(parameters_context.get(), &made);
  }
  const auto parameters = own(made);
  const Context key_context(EVP_PKEY_CTX_new_from_pkey(nullptr, parameters.get(), nullptr));
  made = nullptr;
  if (EVP_PKEY_keygen_init(key_context.get()) == 1) {
    EVP_PKEY_generate(key_context.get(), &made);
  }
  return own(made);
}

PrivateKey parse_private_key(std::string_view pem) {
  const auto block = decode_pem(pem);
  if (!block) {
    fail("no PEM data in input");
  }
  if (block->type == pkcs8_type) {
    return parse_pkcs8(block->bytes);
  }
  std::string_view name = block->type;
  if (!name.ends_with(" PRIVATE KEY")) {
    fail("no private key data in PEM block of type " + block->type);
  }
  name.remove_suffix(std::string_view(" PRIVATE KEY").size());
  for (const auto& form : forms) {
    if (form.name == name) {
      return form.parse(block->bytes);
    }
  }
  fail("invalid private key type " + std::string(name));
}

std::string private_key_pem(const PrivateKey& key) {
  const auto type = type_of(key);
  if (type != pkcs8_type) {
    return encode_pem({std::string(type), der_of(i2d_PrivateKey, key.get())});
  }
  const Pkcs8 info(EVP_PKEY2PKCS8(key.get()));
  return encode_pem({std::string(type), der_of(i2d_PKCS8_PRIV_KEY_INFO, info.get())});
}

}  // namespace celldrift::sprig
