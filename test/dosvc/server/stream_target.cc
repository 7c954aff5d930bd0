// SPDX-License-Identifier: MIT

#include "server/stream_target.h"

#include "server/object.h"

namespace dosvc_stand_in {

HRESULT StreamTarget::Open(std::uint64_t& done) {
  written_ = done > 0;
  return S_OK;
}

// The remote file has changed, and what was written of it before cannot be taken back.
HRESULT StreamTarget::Clear() { return written_ ? HRESULT_FROM_WIN32(ERROR_FILE_INVALID) : S_OK; }

// Of the stream nothing but Write is called, and not every client says how much it has written.
// DOC: do-client, src/internal/com/download_impl.cpp, DOStreamCallback.
HRESULT StreamTarget::Append(const void* bytes, std::uint32_t size) {
  held_(true);
  const HRESULT hr = Answer(L"ISequentialStream::Write", [&] {
    ULONG written = 0;
    return stream_->Write(bytes, size, &written);
  });
  held_(false);
  written_ = true;
  return hr;
}

}  // namespace dosvc_stand_in
