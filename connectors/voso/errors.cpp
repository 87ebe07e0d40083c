#include "connectors/voso/errors.h"

#include <string>

#include "connectors/voso/client.h"

namespace connectors::voso {

base::Error no_api() {
  return {base::ErrorCode::invalid,
          std::string(kName) +
              " không có API, hãy dùng phiếu cập nhật / has no API, changes go out as worksheets",
          {},
          "no_api"};
}

base::Error translate(base::Error error) {
  error.message = std::string(kName) + ": " + error.message;
  return error;
}

}  // namespace connectors::voso
