// Which certificate authorities are believed.
#pragma once

namespace celldrift::git {

// Tells libgit2, once per process: those of SSL_CERT_FILE and SSL_CERT_DIR, else those of the
// system. Error(config) when a variable names what is not there.
void trust_system_certificates();

}  // namespace celldrift::git
