// Package workspace holds the checks of the three calls of Workspace that are described:
// groups of application servers, and the servers that are bought for them (appgroup-create,
// appgroup-list, appserver-create). Nothing that they make can be removed by a documented call,
// so all that make something need limits.lasting of the endpoint file.
package workspace
