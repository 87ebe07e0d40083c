#pragma once
// The key pair VNPost signs its callbacks with: RSA of 2048 bits, SHA-256, PKCS #1 v1.5, base64.
// Keys are PEM. Throws std::runtime_error when OpenSSL cannot (a bad key, no memory). Threads:
// safe. Source: MyVNPost "send-webhook" page as public clients quote it; OpenSSL 3.0.
#include <string>
#include <string_view>

namespace sandbox::carriers {

std::string new_signing_key();
std::string public_key_of(const std::string& signing_key);
std::string sign_base64(const std::string& signing_key, std::string_view message);

std::string base64(std::string_view bytes);

}  // namespace sandbox::carriers
