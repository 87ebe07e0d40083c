#pragma once
// Picture files on their way to Lazada: read with a limit, uploaded once per content.
// Threads: one.
#include <map>
#include <string>
#include <vector>

#include "base/result.h"
#include "connectors/connector.h"
#include "connectors/lazada/client.h"

namespace connectors::lazada {

inline constexpr std::size_t kImageBytesMax = 3'145'728;

class Images {
 public:
  explicit Images(Client& client) : client_(client) {}

  // Lazada's addresses of the first kImagesMax pictures, in order. Errors: rejected (a file cannot
  // be used), else what the upload said.
  base::Result<std::vector<std::string>> urls_of(const ListingContent& content);

 private:
  base::Result<std::string> url_of(const std::string& path);

  Client& client_;
  std::map<std::string, std::string> known_;  // fingerprint of the bytes -> address
};

}  // namespace connectors::lazada
