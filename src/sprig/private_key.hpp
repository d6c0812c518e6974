// Private keys in PEM, as sprig makes, reads and writes them.
#pragma once

#include <openssl/evp.h>

#include <memory>
#include <string>
#include <string_view>

namespace celldrift::sprig {

using PrivateKey = std::shared_ptr<EVP_PKEY>;

PrivateKey generate_rsa(std::size_t bits);
PrivateKey generate_dsa();    // L2048N256
PrivateKey generate_ecdsa();  // P-256
PrivateKey generate_ed25519();

// Throws Error(config) with sprig's message: "no PEM data in input".
PrivateKey parse_private_key(std::string_view pem);

// "RSA PRIVATE KEY", "EC PRIVATE KEY" and "DSA PRIVATE KEY" in their own forms, others as PKCS#8.
std::string private_key_pem(const PrivateKey& key);

}  // namespace celldrift::sprig
