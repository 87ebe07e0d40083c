#pragma once
// The signature of MyVNPost's callbacks: RSA, SHA-256, PKCS #1 v1.5, base64, over
// "MYVNP" + sendDate + itemCode + status of the first order in the message.
// Nothing here throws. Threads: safe.
// Source: MyVNPost "send-webhook" as public clients quote it, read 2026-11-24; OpenSSL 3.0.
#include <string>
#include <string_view>

namespace connectors::carriers::vnpost {

// PEM, or the bare base64 of a DER key as the vendor's page prints it, on one line or several.
bool is_public_key(const std::string& key);

bool verifies(const std::string& key, std::string_view message, const std::string& signature);

}  // namespace connectors::carriers::vnpost
