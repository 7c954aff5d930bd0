// SPDX-License-Identifier: MIT

#include "jobs/job_error.h"

#include "com/blanket.h"
#include "com/params.h"
#include "com/pointer.h"

namespace dosvc::jobs {
namespace {

// What the service has no text for is null.
template <typename Read>
Value Text(Read read) {
  LPWSTR text = nullptr;
  return SUCCEEDED(read(&text)) ? com::TakeString(text) : Value();
}

Value ReadFile(abi::IBackgroundCopyError* error) {
  com::ComPtr<abi::IBackgroundCopyFile> file;
  if (FAILED(error->GetFile(file.GetAddressOf())) || !file || FAILED(com::SetBlanket(file.Get()))) {
    return {};
  }
  return Record{{"remoteName", Text([&](LPWSTR* text) { return file->GetRemoteName(text); })},
                {"localName", Text([&](LPWSTR* text) { return file->GetLocalName(text); })}};
}

}  // namespace

Value NoError(HRESULT hr) {
  return Record{{"context", static_cast<double>(static_cast<int>(abi::BG_ERROR_CONTEXT_UNKNOWN))},
                {"code", static_cast<double>(static_cast<std::uint32_t>(hr))},
                {"description", {}},
                {"contextDescription", {}},
                {"protocol", {}},
                {"file", {}}};
}

Value ReadError(abi::IBackgroundCopyError* error) {
  abi::BG_ERROR_CONTEXT context{};
  HRESULT code = S_OK;
  HRESULT hr = com::SetBlanket(error);
  if (SUCCEEDED(hr)) hr = error->GetError(&context, &code);
  if (FAILED(hr)) return NoError(hr);
  const LANGID language = GetUserDefaultUILanguage();
  return Record{{"context", static_cast<double>(static_cast<int>(context))},
                {"code", static_cast<double>(static_cast<std::uint32_t>(code))},
                {"description",
                 Text([&](LPWSTR* text) { return error->GetErrorDescription(language, text); })},
                {"contextDescription", Text([&](LPWSTR* text) {
                   return error->GetErrorContextDescription(language, text);
                 })},
                {"protocol", Text([&](LPWSTR* text) { return error->GetProtocol(text); })},
                {"file", ReadFile(error)}};
}

}  // namespace dosvc::jobs
