// Package auth proves to an endpoint who is asking: with a token, or with a
// signature made with an access key (ecs 4.2). It knows requests and nothing
// of operations or endpoints. Start reading at Credentials.
//
// Credentials are added to the headers of a request, so a client that uses them
// follows no redirect to another host: net/http would carry a token along.
package auth
