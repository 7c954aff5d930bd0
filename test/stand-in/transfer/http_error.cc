// SPDX-License-Identifier: MIT

#include "stand-in/transfer/http_error.h"

#include <winhttp.h>
#include <winsock2.h>

#include "generated/hresults.h"

namespace dosvc_stand_in {
namespace {

// DOC: "Handling Server Application Errors", learn.microsoft.com/windows/win32/bits/
// handling-server-application-errors: of 3xx, 300 to 305 and 307 are fatal; of 4xx, all but 408 and
// 409; of 5xx, 501 and 505; all else is transient. It is the one list there is. 308 and 429 are
// younger than it: they are taken for what they are kin to, 307 and 503.
bool IsTransient(DWORD status) {
  if (status == 308) return false;
  if (status >= 300 && status <= 307) return status == 306;
  if (status >= 400 && status <= 499) return status == 408 || status == 409 || status == 429;
  return status != 501 && status != 505;
}

bool IsTransientError(DWORD error) {
  switch (error) {
    case ERROR_WINHTTP_TIMEOUT:
    case ERROR_WINHTTP_NAME_NOT_RESOLVED:
    case ERROR_WINHTTP_CANNOT_CONNECT:
    case ERROR_WINHTTP_CONNECTION_ERROR:
    case ERROR_WINHTTP_RESEND_REQUEST:
    case ERROR_WINHTTP_INVALID_SERVER_RESPONSE:
    case ERROR_CONNECTION_ABORTED:
    case ERROR_NETNAME_DELETED:
    case ERROR_NO_SYSTEM_RESOURCES:
      return true;
    default:
      return false;
  }
}

// WinHTTP says ERROR_WINHTTP_SECURE_FAILURE of everything, and the reason by the callback.
// DOC: WINHTTP_STATUS_CALLBACK, WINHTTP_CALLBACK_STATUS_SECURE_FAILURE,
// learn.microsoft.com/windows/win32/api/winhttp/nc-winhttp-winhttp_status_callback
DWORD SecureError(DWORD insecure) {
  if (insecure & WINHTTP_CALLBACK_STATUS_FLAG_CERT_REVOKED) {
    return ERROR_WINHTTP_SECURE_CERT_REVOKED;
  }
  if (insecure & WINHTTP_CALLBACK_STATUS_FLAG_INVALID_CA) return ERROR_WINHTTP_SECURE_INVALID_CA;
  if (insecure & WINHTTP_CALLBACK_STATUS_FLAG_CERT_CN_INVALID) {
    return ERROR_WINHTTP_SECURE_CERT_CN_INVALID;
  }
  if (insecure & WINHTTP_CALLBACK_STATUS_FLAG_CERT_DATE_INVALID) {
    return ERROR_WINHTTP_SECURE_CERT_DATE_INVALID;
  }
  if (insecure & WINHTTP_CALLBACK_STATUS_FLAG_INVALID_CERT) {
    return ERROR_WINHTTP_SECURE_INVALID_CERT;
  }
  if (insecure & WINHTTP_CALLBACK_STATUS_FLAG_CERT_REV_FAILED) {
    return ERROR_WINHTTP_SECURE_CERT_REV_FAILED;
  }
  if (insecure & WINHTTP_CALLBACK_STATUS_FLAG_SECURITY_CHANNEL_ERROR) {
    return ERROR_WINHTTP_SECURE_CHANNEL_ERROR;
  }
  return ERROR_WINHTTP_SECURE_FAILURE;
}

}  // namespace

Result Transient(std::uint32_t hresult) {
  return {Outcome::kTransient, static_cast<HRESULT>(hresult), false};
}

Result Failed(std::uint32_t hresult) {
  return {Outcome::kFailed, static_cast<HRESULT>(hresult), false};
}

Result LocalFailure(HRESULT hr) { return {Outcome::kFailed, hr, true}; }

Result OfStatus(DWORD status) {
  // DOC: deliveryoptimizationerrors.h, DO_E_UNEXPECTED_HTTP_STATUS_2XX: paused by an odd 2xx.
  if (status >= 200 && status <= 299) {
    return Transient(dosvc::abi::DO_E_UNEXPECTED_HTTP_STATUS_2XX);
  }
  // DOC: "Delivery Optimization Return Values", learn.microsoft.com/windows/win32/
  // delivery_optimization/do-return-values: statuses of HTTP come in the facility of HTTP.
  const auto error = 0x80190000u | status;
  return IsTransient(status) ? Transient(error) : Failed(error);
}

Result OfWinHttp(DWORD error, DWORD insecure) {
  // Wine hands Winsock's codes through.
  if (error == WSAETIMEDOUT) error = ERROR_WINHTTP_TIMEOUT;
  if (error >= WSABASEERR && error < WINHTTP_ERROR_BASE) error = ERROR_WINHTTP_CONNECTION_ERROR;
  if (error == ERROR_WINHTTP_SECURE_FAILURE) error = SecureError(insecure);
  const auto hresult = static_cast<std::uint32_t>(HRESULT_FROM_WIN32(error));
  return IsTransientError(error) ? Transient(hresult) : Failed(hresult);
}

}  // namespace dosvc_stand_in
