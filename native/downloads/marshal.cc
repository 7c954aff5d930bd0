// SPDX-License-Identifier: MIT

#include "downloads/marshal.h"

#include <algorithm>
#include <cstddef>

namespace dosvc {
namespace abi {

Value ToValue(const DO_DOWNLOAD_STATUS& status) {
  return Record{{"bytesTotal", com::Number(status.BytesTotal)},
                {"bytesTransferred", com::Number(status.BytesTransferred)},
                {"state", com::ToValue(status.State)},
                {"error", com::ToValue(status.Error)},
                {"extendedError", com::ToValue(status.ExtendedError)}};
}

}  // namespace abi

namespace com {

bool Reader<abi::DO_DOWNLOAD_ENUM_CATEGORY>::Read(const Value& value) {
  if (!ReadField(value, "property", &category_.Property) || !ReadField(value, "value", &value_)) {
    return false;
  }
  category_.Value = value_.get();
  return true;
}

bool Reader<abi::DO_DOWNLOAD_RANGES_INFO>::Read(const Value& value) {
  const auto* const list = value.As<List>();
  if (list == nullptr) return false;
  const std::size_t bytes = std::max(offsetof(abi::DO_DOWNLOAD_RANGES_INFO, Ranges) +
                                         list->size() * sizeof(abi::DO_DOWNLOAD_RANGE),
                                     sizeof(abi::DO_DOWNLOAD_RANGES_INFO));
  buffer_.assign((bytes + sizeof(UINT64) - 1) / sizeof(UINT64), 0);
  get()->RangeCount = static_cast<UINT>(list->size());
  auto* range = get()->Ranges;
  for (const auto& item : *list) {
    if (!ReadField(item, "offset", &range->Offset) || !ReadField(item, "length", &range->Length)) {
      return false;
    }
    ++range;
  }
  return true;
}

}  // namespace com
}  // namespace dosvc
