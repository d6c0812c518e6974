#include "sprig/certificate.hpp"
#include "sprig/pem.hpp"
#include "unit/sprig/expand.hpp"

#include <doctest/doctest.h>

using namespace celldrift;
using sprig::test::expand;
using sprig::test::Snippet;

TEST_CASE("hashes are in hexadecimal, adler32sum in decimal") {
  const Snippet cases[] = {
      {R"({{ sha1sum "abc" }})", "a9993e364706816aba3e25717850c26c9cd0d89d"},
      {R"({{ sha256sum "" }})", "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"},
      {R"({{ sha512sum "abc" | trunc 16 }})", "ddaf35a193617aba"},
      {R"({{ adler32sum "Wikipedia" }})", "300286872"},
  };
  for (const auto& c : cases) {
    CAPTURE(c.text);
    CHECK(expand(c.text) == c.result);
  }
}

TEST_CASE("passwords: bcrypt, htpasswd, derivePassword") {
  const Snippet cases[] = {
      {R"({{ regexMatch "^\\$2a\\$10\\$[./A-Za-z0-9]{53}$" (bcrypt "x") }})", "true"},
      {R"({{ htpasswd "a:b" "x" }})", "invalid username: a:b"},
      {R"({{ bcrypt (repeat 73 "x") }})",
       "failed to encrypt string with bcrypt: bcrypt: password length exceeds 72 bytes"},
      {R"({{ derivePassword 1 "long" "password" "user" "example.com" }})", "ZedaFaxcZaso9*"},
      {R"({{ derivePassword 1 "pin" "password" "user" "example.com" }})", "6685"},
      {R"({{ derivePassword 1 "foo" "" "" "" }})", "cannot find password template foo"},
  };
  for (const auto& c : cases) {
    CAPTURE(c.text);
    CHECK(expand(c.text) == c.result);
  }
  const auto* hash = R"({{ htpasswd "u" "p" }})";
  CHECK(expand(hash, "UTC", 1) == expand(hash, "UTC", 1));
  CHECK(expand(hash, "UTC", 1) != expand(hash, "UTC", 2));
}

TEST_CASE("AES: what is encrypted can be decrypted; what cannot fails as in Go") {
  const Snippet cases[] = {
      {R"({{ encryptAES "key" "plain" | decryptAES "key" }})", "plain"},
      {R"({{ encryptAES "key" "exactly16bytes!!" | decryptAES "key" }})", "exactly16bytes!!"},
      {R"({{ encryptAES "key" "" }})", ""},
      {R"({{ decryptAES "key" "!" }})", "error: illegal base64 data at input byte 0"},
      {R"({{ decryptAES "key" "YQ==" }})",
       "error: runtime error: slice bounds out of range [:16] with capacity 3"},
      {R"({{ decryptAES "key" "YWFhYWFhYWFhYWFhYWFhYQ==" }})",
       "error: runtime error: index out of range [-1]"},
      {R"({{ decryptAES "key" "YWFhYWFhYWFhYWFhYWFhYWE=" }})",
       "error: crypto/cipher: input not full blocks"},
      {R"({{ decryptAES "k" "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=" }})",
       "error: runtime error: slice bounds out of range [:-19]"},
  };
  for (const auto& c : cases) {
    CAPTURE(c.text);
    CHECK(expand(c.text) == c.result);
  }
}

TEST_CASE("keys and certificates have their PEM types, and fit each other") {
  const Snippet cases[] = {
      {R"({{ genPrivateKey "ecdsa" | trunc 30 }})", "-----BEGIN EC PRIVATE KEY-----"},
      {R"({{ genPrivateKey "ed25519" | trunc 27 }})", "-----BEGIN PRIVATE KEY-----"},
      {R"({{ genPrivateKey "foo" }})", "Unknown type foo"},
      {R"({{ $ca := genCAWithKey "ca" 10 (genPrivateKey "ecdsa") -}}
          {{ $c := genSignedCertWithKey "foo" (list "10.0.0.1" "::1") (list "bar.com") 9 $ca )"
       R"((genPrivateKey "ed25519") -}}
          {{ $c.Cert | trunc 27 }} {{ $c.Key | trunc 27 }} {{ typeOf $c }})",
       "-----BEGIN CERTIFICATE----- -----BEGIN PRIVATE KEY----- sprig.certificate"},
      {R"({{ $ca := genCAWithKey "ca" 10 (genPrivateKey "ecdsa") -}}
          {{ $b := buildCustomCert (b64enc $ca.Cert) (b64enc $ca.Key) -}}
          {{ eq $b.Cert $ca.Cert }} {{ eq $b.Key $ca.Key }})",
       "true true"},
      {R"({{ $k := genPrivateKey "ecdsa" -}}
          {{ $c := genSelfSignedCertWithKey "x" nil nil 1 $k }}{{ eq $c.Key $k }})",
       "true"},
  };
  for (const auto& c : cases) {
    CAPTURE(c.text);
    CHECK(expand(c.text) == c.result);
  }
}

TEST_CASE("what is no key and no certificate is told in sprig's words") {
  const Snippet cases[] = {
      {R"({{ genCAWithKey "ca" 1 "x" }})", "error: parsing private key: no PEM data in input"},
      {R"({{ genCAWithKey "ca" 1 "-----BEGIN X-----\nAAAA\n-----END X-----\n" }})",
       "error: parsing private key: no private key data in PEM block of type X"},
      {R"({{ genCAWithKey "ca" 1 "-----BEGIN EC PRIVATE KEY-----\nMAAA\n-----END EC PRIVATE )"
       R"(KEY-----\n" }})",
       "error: parsing private key: parsing EC private key from PEM: x509: failed to parse EC "
       "private key: asn1: syntax error: sequence truncated"},
      {R"({{ genCAWithKey "\xff" 1 (genPrivateKey "ecdsa") }})",
       "error: error creating certificate: asn1: string not valid UTF-8"},
      {R"({{ genSelfSignedCertWithKey "x" (list "y") nil 1 (genPrivateKey "ecdsa") }})",
       "error: error parsing ip: y"},
      {R"({{ genSelfSignedCertWithKey "x" (list 1) nil 1 (genPrivateKey "ecdsa") }})",
       "error: error parsing ip: 1 is not a string"},
      {R"({{ genSelfSignedCertWithKey "x" nil (list "é") 1 (genPrivateKey "ecdsa") }})",
       "error: error creating certificate: x509: \"é\" cannot be encoded as an IA5String"},
      {R"({{ $ca := genCAWithKey "ca" 1 (genPrivateKey "ecdsa") -}}
          {{ $o := genCAWithKey "ca" 1 (genPrivateKey "ecdsa") -}}
          {{ genSignedCertWithKey "x" nil nil 1 (buildCustomCert (b64enc $ca.Cert) (b64enc $o.Key)) )"
       R"((genPrivateKey "ecdsa") }})",
       "error: error creating certificate: x509: provided PrivateKey doesn't match parent's "
       "PublicKey"},
      {R"({{ buildCustomCert "!" "" }})", "error: unable to decode base64 certificate"},
      {R"({{ buildCustomCert "" "" }})", "error: unable to decode certificate"},
  };
  for (const auto& c : cases) {
    CAPTURE(c.text);
    CHECK(expand(c.text) == c.result);
  }
}

TEST_CASE("work that takes long counts towards a run's memory") {
  gotemplate::TemplateSet set(sprig::functions());
  set.parse("t", R"({{ range until 100 }}{{ bcrypt "" }}{{ end }})");
  gotemplate::Heap heap(3u << 20);
  CHECK_THROWS_AS(set.execute("t", heap.make_map(), heap), Error);
}

TEST_CASE("PEM is found among other text, past blocks that are none") {
  const auto block = sprig::decode_pem(
      "text\n-----BEGIN A-----\nA: b\n\nYWJj\n-----END B-----\n"
      "-----BEGIN C-----\r\nx: y\n\nYWJj\n ZGVm \n-----END C-----  \nrest");
  REQUIRE(block);
  CHECK(block->type == "C");
  CHECK(block->bytes == "abcdef");
  CHECK(sprig::decode_pem("-----BEGIN A-----\n-----END A-----\n")->bytes.empty());
  CHECK_FALSE(sprig::decode_pem("-----BEGIN A-----\n!\n-----END A-----\n"));
  CHECK_FALSE(sprig::decode_pem("x-----BEGIN A-----\nYWJj\n-----END A-----\n"));
  CHECK(sprig::encode_pem({"A", std::string(60, 'x')}).size() == 18 + 65 + 17 + 16);
}
