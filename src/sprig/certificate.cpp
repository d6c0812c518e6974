#include "sprig/certificate.hpp"

#include "celldrift/core/utf8.hpp"
#include "celldrift/gotemplate/format.hpp"
#include "sprig/go_errors.hpp"
#include "sprig/hashes.hpp"
#include "sprig/owned.hpp"
#include "sprig/pem.hpp"

#include <openssl/x509v3.h>

#include <algorithm>

namespace celldrift::sprig {
namespace {

void require(bool ok) {
  if (!ok) {
    throw Error(ErrorCode::internal, "OpenSSL failed to make a certificate");
  }
}

template <auto release, typename T>
std::unique_ptr<T, Release<release>> own(T* object) {
  require(object != nullptr);
  return std::unique_ptr<T, Release<release>>(object);
}

const unsigned char* as_bytes(std::string_view text) {
  return reinterpret_cast<const unsigned char*>(text.data());
}

enum class Critical : int { no = 0, yes = 1 };

void add_extension(X509* certificate, int kind, void* value, Critical critical) {
  require(X509_add1_ext_i2d(certificate, kind, value, int(critical), X509V3_ADD_DEFAULT) == 1);
}

// What Go's asn1 writes as a PrintableString; other texts are UTF8Strings.
bool is_printable(std::string_view text) {
  return std::ranges::all_of(text, [](char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
           std::string_view(" '()+,-./:=?").find(c) != std::string_view::npos;
  });
}

void set_subject(X509* certificate, std::string_view common_name) {
  if (common_name.empty()) {
    return;
  }
  if (!utf8::is_valid(common_name)) {
    fail("asn1: string not valid UTF-8");
  }
  const int type = is_printable(common_name) ? V_ASN1_PRINTABLESTRING : V_ASN1_UTF8STRING;
  require(X509_NAME_add_entry_by_NID(X509_get_subject_name(certificate),
                                     NID_commonName,
                                     type,
                                     as_bytes(common_name),
                                     int(common_name.size()),
                                     -1,
                                     0) == 1);
}

void set_serial_number(X509* certificate, std::string_view bytes) {
  const auto number = own<BN_free>(BN_bin2bn(as_bytes(bytes), int(bytes.size()), nullptr));
  require(BN_to_ASN1_INTEGER(number.get(), X509_get_serialNumber(certificate)) != nullptr);
}

void add_usage(X509* certificate, bool is_ca) {
  constexpr int digital_signature = 0;
  constexpr int key_encipherment = 2;
  constexpr int certificate_signing = 5;
  const auto usage = own<ASN1_BIT_STRING_free>(ASN1_BIT_STRING_new());
  require(ASN1_BIT_STRING_set_bit(usage.get(), digital_signature, 1) == 1 &&
          ASN1_BIT_STRING_set_bit(usage.get(), key_encipherment, 1) == 1 &&
          ASN1_BIT_STRING_set_bit(usage.get(), certificate_signing, is_ca ? 1 : 0) == 1);
  add_extension(certificate, NID_key_usage, usage.get(), Critical::yes);

  const auto extended = own<EXTENDED_KEY_USAGE_free>(EXTENDED_KEY_USAGE_new());
  for (const int purpose : {NID_server_auth, NID_client_auth}) {
    require(sk_ASN1_OBJECT_push(extended.get(), OBJ_nid2obj(purpose)) > 0);
  }
  add_extension(certificate, NID_ext_key_usage, extended.get(), Critical::no);

  const auto constraints = own<BASIC_CONSTRAINTS_free>(BASIC_CONSTRAINTS_new());
  constraints->ca = is_ca ? 0xFF : 0;
  add_extension(certificate, NID_basic_constraints, constraints.get(), Critical::yes);
}

// The first 160 bits of the public key's SHA-256, as Go has made it since 1.25.
void add_subject_key_id(X509* certificate) {
  const auto* bits = X509_get0_pubkey_bitstr(certificate);
  const std::string_view key(reinterpret_cast<const char*>(ASN1_STRING_get0_data(bits)),
                             std::size_t(ASN1_STRING_length(bits)));
  const auto hash = hash_bytes_with("SHA256", key).substr(0, 20);
  const auto id = own<ASN1_OCTET_STRING_free>(ASN1_OCTET_STRING_new());
  require(ASN1_OCTET_STRING_set(id.get(), as_bytes(hash), int(hash.size())) == 1);
  add_extension(certificate, NID_subject_key_identifier, id.get(), Critical::no);
}

// The issuer's own id, where it has one and is somebody else.
void add_authority_key_id(X509* certificate, X509* issuer) {
  const auto* id = X509_get0_subject_key_id(issuer);
  const bool is_itself =
      X509_NAME_cmp(X509_get_issuer_name(certificate), X509_get_subject_name(certificate)) == 0;
  if (id == nullptr || is_itself) {
    return;
  }
  const auto authority = own<AUTHORITY_KEYID_free>(AUTHORITY_KEYID_new());
  authority->keyid = ASN1_OCTET_STRING_dup(id);
  add_extension(certificate, NID_authority_key_identifier, authority.get(), Critical::no);
}

void add_name(GENERAL_NAMES* names, int type, std::string_view bytes) {
  auto name = own<GENERAL_NAME_free>(GENERAL_NAME_new());
  auto text = own<ASN1_STRING_free>(
      ASN1_STRING_type_new(type == GEN_DNS ? V_ASN1_IA5STRING : V_ASN1_OCTET_STRING));
  require(ASN1_STRING_set(text.get(), bytes.data(), int(bytes.size())) == 1);
  GENERAL_NAME_set0_value(name.get(), type, text.release());
  require(sk_GENERAL_NAME_push(names, name.release()) > 0);
}

void add_names(X509* certificate, const CertificateRequest& request) {
  if (request.dns_names.empty() && request.ip_addresses.empty()) {
    return;
  }
  const auto names = own<GENERAL_NAMES_free>(GENERAL_NAMES_new());
  for (const auto& name : request.dns_names) {
    if (std::ranges::any_of(name, [](char c) { return static_cast<unsigned char>(c) > 0x7F; })) {
      fail("x509: " + gotemplate::quote(name) + " cannot be encoded as an IA5String");
    }
    add_name(names.get(), GEN_DNS, name);
  }
  for (const auto& address : request.ip_addresses) {
    add_name(names.get(), GEN_IPADD, address);
  }
  const auto critical = request.common_name.empty() ? Critical::yes : Critical::no;
  add_extension(certificate, NID_subject_alt_name, names.get(), critical);
}

bool is_kind(const PrivateKey& key, int kind) {
  return EVP_PKEY_get_base_id(key.get()) == kind;
}

// By the strength of the key; Ed25519 has a hash of its own.
const EVP_MD* hash_for(const PrivateKey& key) {
  if (is_kind(key, EVP_PKEY_ED25519)) {
    return nullptr;
  }
  const int bits = is_kind(key, EVP_PKEY_EC) ? EVP_PKEY_get_bits(key.get()) : 256;
  return bits <= 256 ? EVP_sha256() : bits <= 384 ? EVP_sha384() : EVP_sha512();
}

void require_keys(const PrivateKey& key, const X509Certificate& issuer, const PrivateKey& signer) {
  if (is_kind(signer, EVP_PKEY_DSA)) {
    fail("x509: certificate private key does not implement crypto.Signer");
  }
  if (is_kind(key, EVP_PKEY_DSA)) {
    fail("x509: unsupported public key type: *dsa.PublicKey");
  }
  if (issuer != nullptr && EVP_PKEY_eq(X509_get0_pubkey(issuer.get()), signer.get()) != 1) {
    fail("x509: provided PrivateKey doesn't match parent's PublicKey");
  }
}

std::string der_of(X509* certificate) {
  unsigned char* bytes = nullptr;
  const int size = i2d_X509(certificate, &bytes);
  require(size > 0);
  std::string der(reinterpret_cast<const char*>(bytes), std::size_t(size));
  OPENSSL_free(bytes);
  return der;
}

}  // namespace

std::string make_certificate(const CertificateRequest& request,
                             const PrivateKey& key,
                             const X509Certificate& issuer,
                             const PrivateKey& signer) {
  require_keys(key, issuer, signer);
  const auto made = own<X509_free>(X509_new());
  auto* certificate = made.get();
  require(X509_set_version(certificate, X509_VERSION_3) == 1 &&
          X509_set_pubkey(certificate, key.get()) == 1);
  set_serial_number(certificate, request.serial_number);
  set_subject(certificate, request.common_name);
  auto* parent = issuer == nullptr ? certificate : issuer.get();
  require(X509_set_issuer_name(certificate, X509_get_subject_name(parent)) == 1);
  require(ASN1_TIME_set(X509_getm_notBefore(certificate), request.not_before) != nullptr &&
          ASN1_TIME_set(X509_getm_notAfter(certificate), request.not_after) != nullptr);
  add_usage(certificate, request.is_ca);
  if (request.is_ca) {
    add_subject_key_id(certificate);
  }
  add_authority_key_id(certificate, parent);
  add_names(certificate, request);
  require(X509_sign(certificate, signer.get(), hash_for(signer)) > 0);
  return encode_pem({"CERTIFICATE", der_of(certificate)});
}

X509Certificate parse_certificate(std::string_view der) {
  const auto* bytes = as_bytes(der);
  const auto* end = bytes + der.size();
  X509Certificate certificate(d2i_X509(nullptr, &bytes, long(der.size())), X509_free);
  if (certificate == nullptr || X509_get0_pubkey(certificate.get()) == nullptr) {
    fail("x509: malformed certificate");
  }
  if (bytes != end) {
    fail("x509: trailing data");
  }
  return certificate;
}

}  // namespace celldrift::sprig
