// X.509 certificates as Go's package crypto/x509 makes them.
#pragma once

#include "sprig/private_key.hpp"

#include <openssl/x509.h>

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace celldrift::sprig {

using X509Certificate = std::shared_ptr<X509>;

struct CertificateRequest {
  std::string common_name;
  std::vector<std::string> ip_addresses;  // 4 or 16 bytes each
  std::vector<std::string> dns_names;
  std::int64_t not_before = 0;  // seconds since 1970
  std::int64_t not_after = 0;
  std::string serial_number;  // bytes
  bool is_ca = false;
};

// The certificate of `key`, signed by `signer`, of whom `issuer` is the certificate (nullptr: the
// certificate signs itself), in PEM. Throws Error(config) with Go's message.
std::string make_certificate(const CertificateRequest& request,
                             const PrivateKey& key,
                             const X509Certificate& issuer,
                             const PrivateKey& signer);

// Of DER. Throws Error(config) with Go's message: "x509: malformed certificate".
X509Certificate parse_certificate(std::string_view der);

}  // namespace celldrift::sprig
