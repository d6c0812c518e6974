// Private keys and certificates: genPrivateKey, genCA, genSignedCert, buildCustomCert and the like.
#include "celldrift/core/value.hpp"
#include "celldrift/gotemplate/format.hpp"
#include "sprig/base64.hpp"
#include "sprig/certificate.hpp"
#include "sprig/families.hpp"
#include "sprig/go_errors.hpp"
#include "sprig/go_time.hpp"
#include "sprig/ip_address.hpp"
#include "sprig/pem.hpp"
#include "sprig/random_source.hpp"
#include "sprig/values.hpp"

namespace celldrift::sprig {
namespace {

using namespace gotemplate;

// --- the type sprig.certificate

struct Certificate {
  std::string certificate;
  std::string key;
};

extern const Type certificate_type;

const Certificate& certificate_of(const Any& value) {
  return *static_cast<const Certificate*>(value.object());
}

template <auto member>
Any get(const Call& call) {
  return Any::string(certificate_of(call[0]).*member);
}

Value certificate_json(const Any& value) {
  const auto& certificate = certificate_of(value);
  return Value::map(
      {{"Cert", Value::string(certificate.certificate)}, {"Key", Value::string(certificate.key)}});
}

constexpr Function certificate_fields[] = {
    {"Cert", takes<certificate_type>, false, &string_type, get<&Certificate::certificate>},
    {"Key", takes<certificate_type>, false, &string_type, get<&Certificate::key>},
};

const Type certificate_type{.kind = Kind::structure,
                            .name = "sprig.certificate",
                            .fields = certificate_fields,
                            .json = certificate_json};

Any make_value(const Call& call, Certificate certificate) {
  return Any::object(certificate_type, call.heap.make(std::move(certificate)));
}

// --- keys

struct KeyKind {
  std::string_view name;
  PrivateKey (*generate)();
  std::size_t milliseconds;  // that it takes, about
};
constexpr KeyKind key_kinds[] = {
    {"", [] { return generate_rsa(4096); }, 800},
    {"rsa", [] { return generate_rsa(4096); }, 800},
    {"dsa", generate_dsa, 400},
    {"ecdsa", generate_ecdsa, 1},
    {"ed25519", generate_ed25519, 1},
};

Any generate_key(const Call& call) {
  for (const auto& kind : key_kinds) {
    if (kind.name == text(call, 0)) {
      charge_work(call, kind.milliseconds);
      return call.heap.string(private_key_pem(kind.generate()));
    }
  }
  return call.heap.string("Unknown type " + std::string(text(call, 0)));
}

// `prefix` comes before the error's text.
template <typename Make>
auto with_prefix(std::string_view prefix, Make make) {
  try {
    return make();
  } catch (const Error& error) {
    if (error.code() != ErrorCode::config) {
      throw;
    }
    fail(std::string(prefix) + error.message());
  }
}

PrivateKey read_key(std::string_view pem) {
  return with_prefix("parsing private key: ", [&] { return parse_private_key(pem); });
}

PrivateKey new_key(const Call& call) {
  charge_work(call, 120);
  return generate_rsa(2048);
}

// --- requests

std::string ip_bytes(const Any& value) {
  if (value.kind() != Kind::string || !value.is(string_type)) {
    fail("error parsing ip: " + format_value(value) + " is not a string");
  }
  const std::string name(value.as_string());
  try {
    const auto address = parse_ip_address(name);
    if (address.zone.empty()) {
      const std::string bytes(address.bytes.begin(), address.bytes.end());
      const auto mapped = std::string(10, '\0') + "\xFF\xFF";
      return address.is_v4               ? bytes.substr(0, 4)
             : bytes.starts_with(mapped) ? bytes.substr(12)
                                         : bytes;
    }
  } catch (const Error&) {
    // told below, in sprig's words
  }
  fail("error parsing ip: " + name);
}

std::string dns_name(const Any& value) {
  if (!value.is(string_type)) {
    fail("error processing alternate dns name: " + format_value(value) + " is not a string");
  }
  return std::string(value.as_string());
}

CertificateRequest make_request(const Call& call, std::int64_t days) {
  const auto now = time_at(call.environment.now, nullptr);
  const auto end = add(now, wrapping_multiply(86'400 * one_second, days));
  return {.common_name = std::string(text(call, 0)),
          .not_before = unix_seconds(now),
          .not_after = unix_seconds(end),
          .serial_number = RandomSource(call.random_state).bytes(16)};
}

// The common name, IP addresses, DNS names and days of a server's certificate.
CertificateRequest make_server_request(const Call& call) {
  auto request = make_request(call, call[3].as_int());
  for (const auto& address : call[1].items()) {
    request.ip_addresses.push_back(ip_bytes(address));
  }
  for (const auto& name : call[2].items()) {
    request.dns_names.push_back(dns_name(name));
  }
  return request;
}

Any issue(const Call& call,
          const CertificateRequest& request,
          const PrivateKey& key,
          const X509Certificate& issuer,
          const PrivateKey& signer) {
  auto pem = with_prefix("error creating certificate: ",
                         [&] { return make_certificate(request, key, issuer, signer); });
  return make_value(call, {std::move(pem), private_key_pem(key)});
}

Any issue_self_signed(const Call& call, const CertificateRequest& request, const PrivateKey& key) {
  return issue(call, request, key, nullptr, key);
}

// --- functions. New keys are made last, for that takes longest and cannot fail.

CertificateRequest make_ca_request(const Call& call) {
  auto request = make_request(call, call[1].as_int());
  request.is_ca = true;
  return request;
}

Any generate_ca(const Call& call) {
  return issue_self_signed(call, make_ca_request(call), new_key(call));
}

Any generate_ca_with_key(const Call& call) {
  const auto key = read_key(text(call, 2));
  return issue_self_signed(call, make_ca_request(call), key);
}

Any generate_self_signed(const Call& call) {
  const auto request = make_server_request(call);
  return issue_self_signed(call, request, new_key(call));
}

Any generate_self_signed_with_key(const Call& call) {
  const auto key = read_key(text(call, 4));
  return issue_self_signed(call, make_server_request(call), key);
}

Any issue_signed(const Call& call, const PrivateKey& given_key) {
  const auto& ca = certificate_of(call[4]);
  const auto block = decode_pem(ca.certificate);
  if (!block) {
    fail("unable to decode certificate");
  }
  const auto issuer = with_prefix("error parsing certificate: decodedSignerCert.Bytes: ",
                                  [&] { return parse_certificate(block->bytes); });
  const auto signer =
      with_prefix("error parsing private key: ", [&] { return parse_private_key(ca.key); });
  const auto request = make_server_request(call);
  return issue(call, request, given_key == nullptr ? new_key(call) : given_key, issuer, signer);
}

Any generate_signed(const Call& call) {
  return issue_signed(call, nullptr);
}

Any generate_signed_with_key(const Call& call) {
  return issue_signed(call, read_key(text(call, 5)));
}

std::string decode_part(std::string_view encoded, const std::string& problem) {
  try {
    return decode_base64(encoded);
  } catch (const Error&) {
    fail(problem);
  }
}

Any build_custom(const Call& call) {
  auto certificate = decode_part(text(call, 0), "unable to decode base64 certificate");
  auto key = decode_part(text(call, 1), "unable to decode base64 private key");
  const auto block = decode_pem(certificate);
  if (!block) {
    fail("unable to decode certificate");
  }
  with_prefix("error parsing certificate: decodedCert.Bytes: ",
              [&] { return parse_certificate(block->bytes); });
  with_prefix("error parsing private key: ", [&] { return parse_private_key(key); });
  return make_value(call, {std::move(certificate), std::move(key)});
}

constexpr auto varies = Determinism::varies;

constexpr Function functions_of_certificates[] = {
    {"buildCustomCert", takes<string_type, string_type>, false, &certificate_type, build_custom},
    {"genCA", takes<string_type, int_type>, false, &certificate_type, generate_ca, varies},
    {"genCAWithKey",
     takes<string_type, int_type, string_type>,
     false,
     &certificate_type,
     generate_ca_with_key,
     varies},
    {"genPrivateKey", takes<string_type>, false, &string_type, generate_key, varies},
    {"genSelfSignedCert",
     takes<string_type, list_type, list_type, int_type>,
     false,
     &certificate_type,
     generate_self_signed,
     varies},
    {"genSelfSignedCertWithKey",
     takes<string_type, list_type, list_type, int_type, string_type>,
     false,
     &certificate_type,
     generate_self_signed_with_key,
     varies},
    {"genSignedCert",
     takes<string_type, list_type, list_type, int_type, certificate_type>,
     false,
     &certificate_type,
     generate_signed,
     varies},
    {"genSignedCertWithKey",
     takes<string_type, list_type, list_type, int_type, certificate_type, string_type>,
     false,
     &certificate_type,
     generate_signed_with_key,
     varies},
};

}  // namespace

std::span<const Function> certificates_functions() {
  return functions_of_certificates;
}

}  // namespace celldrift::sprig
